package network.cortensor.portal.router;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import network.cortensor.portal.model.Failure;

/**
 * An answer other than 200.
 *
 * @param retryAfter how long its {@code Retry-After} asks us to wait, if it says so in a way that can be read
 * @param body of the answer, if it was {@linkplain Dialect#tells worth reading} and came whole
 */
record Rebuff(int status, Optional<Duration> retryAfter, Optional<String> body) {
    /** Where a server names no time, or one that is over. */
    static final Duration USUAL_WAIT = Duration.ofSeconds(5);

    /** An answer whose body was not read. */
    static Rebuff of(int status) {
        return new Rebuff(status, Optional.empty(), Optional.empty());
    }

    /** @param header seconds, whole or not, or a date, as HTTP has it */
    static Optional<Duration> retryAfter(String header, Instant now) {
        String said = header.strip();
        return seconds(said).or(() -> date(said, now)).map(Rebuff::clipped);
    }

    /** A wait that is surely positive. */
    Duration waitOrUsual() {
        return retryAfter.orElse(USUAL_WAIT);
    }

    String text() {
        return body.orElse("");
    }

    private static Optional<Duration> seconds(String said) {
        if (!said.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(said) * 1000)));
    }

    private static Optional<Duration> date(String said, Instant now) {
        try {
            Instant until = ZonedDateTime.parse(said, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, until));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration clipped(Duration wait) {
        if (!wait.isPositive()) {
            return USUAL_WAIT;
        }
        return wait.compareTo(Failure.Limited.LONGEST) > 0 ? Failure.Limited.LONGEST : wait;
    }
}
