package network.cortensor.portal.usage;

import java.time.Duration;
import java.time.Instant;

/**
 * A span of time in which use is limited. It slides in sixtieths of itself: what was used in a sixtieth counts until sixty more have passed,
 * so no span of the window's length ever holds more than the limit, and room comes back at most a sixtieth late.
 */
public enum Window {
    MINUTE(Duration.ofMinutes(1)),
    WEEK(Duration.ofDays(7));

    public static final int SIXTIETHS = 60;

    private final Duration step;

    Window(Duration length) {
        this.step = length.dividedBy(SIXTIETHS);
    }

    public Duration step() {
        return step;
    }

    /** The number of the sixtieth that an instant lies in. */
    long sixtieth(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), step.toSeconds());
    }

    /** When a sixtieth begins. */
    Instant begin(long sixtieth) {
        return Instant.ofEpochSecond(Math.multiplyExact(sixtieth, step.toSeconds()));
    }
}
