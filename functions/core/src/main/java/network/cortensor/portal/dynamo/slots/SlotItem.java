package network.cortensor.portal.dynamo.slots;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.slots.Lease;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of SessionSlots: {@code router} and {@code slot} ({@code <sessionId>#<n>}) are its key; {@code owner}, {@code takenAt} (ISO
 * 8601) and {@code expiresAt} (epoch seconds, the table's TTL attribute) are written by whoever takes the slot.
 *
 * <p>People can edit items. One that cannot be read is a slot that is <em>taken</em>: for good if it does not say until when, and counted
 * beside all numbers if it does not say which. Its owner then tells what is wrong. It ends nobody's request, and is free again when someone deletes it; the
 * condition of a write treats it just so, because no comparison holds with what is not a number.
 */
final class SlotItem {
    static final String ROUTER = "router";
    static final String SLOT = "slot";
    static final String OWNER = "owner";
    static final String TAKEN_AT = "takenAt";
    static final String EXPIRES_AT = "expiresAt";

    /** No program writes it, and instants can still be added to it. */
    static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    /** What the owner of a row says that cannot be read, before the name of the field. */
    static final String UNREADABLE = "unreadable: ";

    /** Above every capacity. */
    static final int NO_NUMBER = Integer.MAX_VALUE;

    private SlotItem() {}

    static Map<String, AttributeValue> of(Lease lease) {
        Map<String, AttributeValue> item = new HashMap<>(key(lease));
        item.put(OWNER, text(lease.owner()));
        item.put(TAKEN_AT, text(lease.takenAt().toString()));
        item.put(EXPIRES_AT, seconds(lease.expiresAt()));
        return item;
    }

    static Map<String, AttributeValue> key(Lease lease) {
        Session session = lease.session();
        return Map.of(ROUTER, text(session.router()), SLOT, text(session.id() + "#" + lease.number()));
    }

    static Lease lease(Map<String, AttributeValue> item) {
        String slot = textOf(item, SLOT).orElse("");
        int hash = slot.lastIndexOf('#');
        Session session = new Session(textOf(item, ROUTER).orElse(""), hash < 0 ? slot : slot.substring(0, hash));
        Optional<Integer> number = number(slot.substring(hash + 1));
        Optional<Instant> expiresAt = expiresAt(item);
        return new Lease(
                session,
                number.orElse(NO_NUMBER),
                owner(item, number, expiresAt),
                takenAt(item),
                expiresAt.orElse(NEVER));
    }

    private static String owner(
            Map<String, AttributeValue> item, Optional<Integer> number, Optional<Instant> expiresAt) {
        if (number.isEmpty()) {
            return UNREADABLE + SLOT;
        }
        if (expiresAt.isEmpty()) {
            return UNREADABLE + EXPIRES_AT;
        }
        return textOf(item, OWNER).orElse(UNREADABLE + OWNER);
    }

    static boolean isUnreadable(Lease lease) {
        return lease.owner().startsWith(UNREADABLE);
    }

    /** What stands in the way of a lease, when the table does not show it. */
    static Lease unreadable(Lease wanted) {
        return new Lease(wanted.session(), wanted.number(), "unreadable", Instant.EPOCH, NEVER);
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    /** Epoch seconds, with a fraction if there is one. */
    static AttributeValue seconds(Instant instant) {
        BigDecimal seconds = BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
        return AttributeValue.fromN(seconds.stripTrailingZeros().toPlainString());
    }

    private static Optional<String> textOf(Map<String, AttributeValue> item, String attribute) {
        return Optional.ofNullable(item.get(attribute)).map(AttributeValue::s);
    }

    /** Only as we write it: {@code 00} is another key than {@code 0}. */
    private static Optional<Integer> number(String text) {
        return text.matches("0|[1-9][0-9]{0,8}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static Optional<Instant> expiresAt(Map<String, AttributeValue> item) {
        return Optional.ofNullable(item.get(EXPIRES_AT))
                .map(AttributeValue::n)
                .map(BigDecimal::new)
                .map(SlotItem::instant);
    }

    /** The table holds numbers that no clock shows. */
    private static Instant instant(BigDecimal seconds) {
        if (seconds.signum() < 0) {
            return Instant.EPOCH;
        }
        if (seconds.compareTo(BigDecimal.valueOf(NEVER.getEpochSecond())) >= 0) {
            return NEVER;
        }
        int nanos = seconds.remainder(BigDecimal.ONE).movePointRight(9).intValue();
        return Instant.ofEpochSecond(seconds.longValue(), nanos);
    }

    /** Only estimates depend on it. */
    private static Instant takenAt(Map<String, AttributeValue> item) {
        try {
            return textOf(item, TAKEN_AT)
                    .map(Instant::parse)
                    .filter(taken -> taken.isBefore(NEVER))
                    .orElse(Instant.EPOCH);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
