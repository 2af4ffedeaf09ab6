package network.cortensor.portal.operator.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people say them. */
public final class Moments {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Moments() {}

    /** {@code 12 s ago}, {@code in 3 d}. */
    public static String from(Instant now, Instant moment) {
        Duration between = Duration.between(now, moment);
        return between.isNegative() || between.isZero() ? length(between.negated()) + " ago" : "in " + length(between);
    }

    /** In the largest unit of which there are two: {@code 90 s}, {@code 25 h}, {@code 3 d}. */
    public static String length(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return duration.toSeconds() + " s";
        }
        if (duration.compareTo(Duration.ofHours(2)) < 0) {
            return duration.toMinutes() + " min";
        }
        return duration.compareTo(Duration.ofDays(2)) < 0 ? duration.toHours() + " h" : duration.toDays() + " d";
    }

    /** Short times to a tenth of a second: {@code 0.8 s}. */
    public static String precise(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** {@code 2026-11-25 18:30} in UTC. */
    public static String minute(Instant moment) {
        return MINUTE.format(moment);
    }
}
