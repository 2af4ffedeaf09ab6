package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import network.cortensor.portal.time.Pause;

/** Time that passes only when someone pauses, and what happens meanwhile. For one thread. */
final class VirtualTime implements InstantSource, Pause {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::when));
    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = START;

    private record Event(Instant when, Runnable what) {}

    @Override
    public Instant instant() {
        return now;
    }

    /** Has something happen so long after the start. */
    void after(Duration sinceStart, Runnable what) {
        events.add(new Event(START.plus(sinceStart), what));
    }

    /** Has something happen so long after now. */
    void afterNow(Duration wait, Runnable what) {
        events.add(new Event(now.plus(wait), what));
    }

    @Override
    public void pause(Duration duration) {
        assertNotNegative(duration);
        pauses.add(duration);
        pass(duration);
    }

    /** Lets time pass without anyone having asked for it. */
    void pass(Duration duration) {
        Instant end = now.plus(duration);
        while (!events.isEmpty() && !events.peek().when().isAfter(end)) {
            Event event = events.remove();
            now = event.when().isAfter(now) ? event.when() : now;
            event.what().run();
        }
        now = end;
    }

    /** How long was paused, each time. */
    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    Duration sinceStart() {
        return Duration.between(START, now);
    }

    private static void assertNotNegative(Duration duration) {
        if (duration.isNegative()) {
            throw new AssertionError("paused for " + duration);
        }
    }
}
