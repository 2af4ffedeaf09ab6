package network.cortensor.portal.operator.keys;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;

/** Times and spans as operators write them. */
final class When {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})([smhd])");

    private When() {}

    /** As in {@code 90d}, {@code 12h}, {@code 30m}, {@code 10s}. */
    static Duration span(String option, String text) throws CommandStopped {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw new CommandStopped(
                    ExitCode.USAGE, option + ": \"" + text + "\" (expected: a span such as 90d, 12h, 30m or 0s)");
        }
        long count = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofSeconds(count);
        };
    }

    /** A span from now, the beginning of a day in UTC, or a time. */
    static Instant instant(String option, String text, Instant now) throws CommandStopped {
        if (SPAN.matcher(text).matches()) {
            return now.plus(span(option, text)).truncatedTo(ChronoUnit.SECONDS);
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new CommandStopped(
                    ExitCode.USAGE, option + ": \"" + text + "\" (expected: 90d, 2027-01-31 or 2027-01-31T12:00:00Z)");
        }
    }
}
