package network.cortensor.portal.dynamo.usage;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.usage.SaturatingSums;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the fields of an item of Usage. What is missing, of another type or out of range makes the item {@link Spoiled}. */
record UsageFields(Map<String, AttributeValue> item) {
    private static final BigDecimal MOST = BigDecimal.valueOf(SaturatingSums.MOST);
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    AttributeValue required(String name, AttributeValue.Type type) {
        return Optional.ofNullable(item.get(name))
                .filter(value -> value.type() == type)
                .orElseThrow(() -> new Spoiled(name, "missing or of another type (expected: type " + type + ")"));
    }

    boolean has(String name) {
        return item.containsKey(name);
    }

    String text(String name) {
        return required(name, AttributeValue.Type.S).s();
    }

    /** What follows a prefix. */
    String textBehind(String prefix, String name) {
        String text = text(name);
        if (!text.startsWith(prefix)) {
            throw new Spoiled(name, "another beginning (expected: " + prefix + "…)");
        }
        return text.substring(prefix.length());
    }

    LocalDate day(String name) {
        return day(name, text(name));
    }

    LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Spoiled(name, "no day (expected: as in 2026-11-29)");
        }
    }

    /** The number of a span of time since 1970: before the year 10,000, for which instants are made. */
    long since1970(String name, Duration span) {
        long number = count(name);
        if (number > LAST.getEpochSecond() / span.toSeconds()) {
            throw new Spoiled(name, "further ahead than any clock");
        }
        return number;
    }

    /** A sum, wherever sums have got to: one that is beyond {@link SaturatingSums#MOST} counts as that. */
    long sum(String name) {
        BigDecimal number = new BigDecimal(required(name, AttributeValue.Type.N).n());
        return number.max(MOST.negate()).min(MOST).longValue();
    }

    /** A count from 0 to {@link SaturatingSums#MOST}. */
    long count(String name) {
        BigDecimal number = new BigDecimal(required(name, AttributeValue.Type.N).n());
        if (number.signum() < 0
                || number.compareTo(MOST) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw new Spoiled(name, "not a count (expected: a whole number from 0 to " + SaturatingSums.MOST + ")");
        }
        return number.longValue();
    }
}
