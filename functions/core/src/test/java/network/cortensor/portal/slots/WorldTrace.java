package network.cortensor.portal.slots;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import network.cortensor.portal.testkit.schedule.Schedule;

/** What happened, for a person to read: seconds since the start, who, what. Off, it costs nothing: a seed that failed is run again. */
final class WorldTrace {
    private final Schedule schedule;
    private final Instant start;
    private final boolean on;
    private final List<String> lines = new ArrayList<>();

    private WorldTrace(Schedule schedule, boolean on) {
        this.schedule = schedule;
        this.start = schedule.instant();
        this.on = on;
    }

    static WorldTrace on(Schedule schedule) {
        return new WorldTrace(schedule, true);
    }

    static WorldTrace off(Schedule schedule) {
        return new WorldTrace(schedule, false);
    }

    void say(Supplier<String> what) {
        if (on) {
            Duration at = Duration.between(start, schedule.instant());
            lines.add("%10.3f  %-9s %s".formatted(at.toMillis() / 1000.0, schedule.actor(), what.get()));
        }
    }

    /** The last lines, oldest first. */
    String text(int most) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - most), lines.size()));
    }
}
