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
 * One taken slot as an item of SessionSlots. Its key is {@code router} and {@code slot} ({@code <sessionId>#<n>}, as in {@code 101#0}). The worker or the
 * prober that takes the slot writes {@code owner}, {@code takenAt} (ISO 8601) and {@code expiresAt} (seconds since 1970, the table's TTL attribute).
 *
 * <p>Operators can edit items, so any field may be missing or wrong. A slot whose item cannot be read counts as <em>taken</em>, because a task may be in its
 * session:
 *
 * <ul>
 *   <li>Without a readable {@code expiresAt} it is taken until an operator deletes the item.
 *   <li>Without a readable number it takes room of the session beside all numbers: {@link #NO_NUMBER} is above every capacity.
 * </ul>
 *
 * <p>The lease's owner is then {@link #UNREADABLE} and the field's name; behind {@code slot} stands what the key says, which the lease cannot. The condition of a write agrees with this reading: in DynamoDB no comparison of a number
 * holds with a value that is none, so the slot is not written over.
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
        Optional<Integer> number = hash < 0 ? Optional.empty() : number(slot.substring(hash + 1));
        Optional<Instant> expiresAt = expiresAt(item);
        return new Lease(
                session,
                number.orElse(NO_NUMBER),
                owner(item, slot, number, expiresAt),
                takenAt(item),
                expiresAt.orElse(NEVER));
    }

    private static String owner(
            Map<String, AttributeValue> item, String slot, Optional<Integer> number, Optional<Instant> expiresAt) {
        if (number.isEmpty()) {
            return UNREADABLE + SLOT + " " + slot;
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
