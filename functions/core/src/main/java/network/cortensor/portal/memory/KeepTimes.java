package network.cortensor.portal.memory;

import java.time.Duration;
import network.cortensor.portal.catalog.Catalog;

/**
 * How long a value may be used, counted from the beginning of its read.
 *
 * @param fresh until then it is used without asking anew
 * @param usable until then it is used while asking anew fails; not shorter than {@code fresh}
 */
public record KeepTimes(Duration fresh, Duration usable) {
    /** Operators' edits take effect after 5 s; while the tables cannot be read, requests are routed by what was known for up to 60 s. */
    public static final KeepTimes CATALOG = new KeepTimes(Catalog.FRESH, Duration.ofSeconds(60));

    public KeepTimes {
        if (usable.compareTo(fresh) < 0) {
            throw new IllegalArgumentException("usable: " + usable + " (expected: >= " + fresh + ")");
        }
    }

    /** For what must not be used once it may no longer hold, whatever fails. */
    public static KeepTimes noLongerThan(Duration fresh) {
        return new KeepTimes(fresh, fresh);
    }
}
