package network.cortensor.portal.operator.doctor;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import network.cortensor.portal.operator.console.Moments;

/** What time it is, as the header {@code Date} of AWS's answers says, and whether this machine agrees. */
final class AwsClock {
    /** Signatures are refused from 5 minutes on; slots and keys go by seconds, but functions' clocks are AWS's own. */
    private static final Duration MAY_DIFFER = Duration.ofMinutes(1);

    private static final String WHAT = "clock";

    private AwsClock() {}

    /** @param header a date of HTTP, to the second */
    static Optional<Instant> time(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static CheckResult check(Instant aws, Instant here) {
        Duration off = Duration.between(aws, here);
        return off.abs().compareTo(MAY_DIFFER) <= 0
                ? CheckResult.ok(WHAT, "within a minute of AWS's")
                : CheckResult.bad(
                        WHAT,
                        Moments.length(off.abs()) + (off.isNegative() ? " behind" : " ahead of") + " AWS's",
                        "set this machine's clock: expiries and drains are told by it, and AWS refuses signatures from"
                                + " 5 min on");
    }

    static CheckResult unknown() {
        return CheckResult.skipped(WHAT, "AWS did not say what time it is");
    }
}
