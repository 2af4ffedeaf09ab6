package network.cortensor.portal.dynamo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.usage.Period;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.Totals;
import network.cortensor.portal.usage.UsageEvent;
import network.cortensor.portal.usage.UsageEvent.Account;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.State;
import network.cortensor.portal.usage.UsageEvent.Tokens;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Requests' events and the sums of days and months as items that a person can read. */
final class UsageItems {
    static final String STATE = "state";
    static final String OPEN = "open";
    static final String CLOSED = "closed";
    static final String REQUEST = "request#";
    static final String DAY = "day#";
    static final String MONTH = "month#";
    static final String TOKENS = "tokens";
    static final String REQUESTS = "requests";

    /** An invoice may be asked about for a year, and the month it came in. */
    static final Duration KEPT = Duration.ofDays(400);

    private static final String SETTLED = "settled";

    private UsageItems() {}

    static Map<String, AttributeValue> key(String keyId, RequestId request) {
        return key(keyId, REQUEST + request.text());
    }

    static Map<String, AttributeValue> key(Period.Sum sum) {
        String entry = switch (sum.period()) {
            case Period.Day day -> DAY + day;
            case Period.Month month -> MONTH + month;
        };
        return key(sum.keyId(), entry);
    }

    private static Map<String, AttributeValue> key(String keyId, String entry) {
        return Map.of(CountersItem.KEY, CountersItem.text(keyId), CountersItem.ENTRY, CountersItem.text(entry));
    }

    /** Everything but the key. */
    static Map<String, AttributeValue> fields(UsageEvent event) {
        Map<String, AttributeValue> fields = new HashMap<>();
        fields.put("customer", CountersItem.text(event.account().customer()));
        fields.put("alias", CountersItem.text(event.account().alias()));
        fields.put("at", CountersItem.text(event.request().at().toString()));
        fields.put(
                "expiresAt", CountersItem.number(event.request().at().plus(KEPT).getEpochSecond()));
        fields.put("promptTokens", CountersItem.number(event.tokens().prompt()));
        fields.put("completionTokens", CountersItem.number(event.tokens().completion()));
        fields.put(TOKENS, CountersItem.text(event.tokens().basis().word()));
        switch (event.state()) {
            case State.Open ignored -> fields.put(STATE, CountersItem.text(OPEN));
            case State.Closed ignored -> fields.put(STATE, CountersItem.text(CLOSED));
            case State.Settled settled -> {
                fields.put(STATE, CountersItem.text(SETTLED));
                put(fields, settled.ending());
            }
        }
        return fields;
    }

    private static void put(Map<String, AttributeValue> fields, Ending ending) {
        fields.put("status", CountersItem.number(ending.status()));
        fields.put("code", CountersItem.text(ending.outcome()));
        fields.put("attempts", CountersItem.number(ending.attempts()));
        ending.firstToken().ifPresent(time -> fields.put("firstTokenMillis", CountersItem.number(time.toMillis())));
        fields.put("totalMillis", CountersItem.number(ending.total().toMillis()));
    }

    /** @throws RuntimeException of some kind if the item cannot be read */
    static UsageEvent event(Map<String, AttributeValue> item) {
        Map<String, Object> plain = Items.plain(item);
        String entry = text(plain, CountersItem.ENTRY);
        return new UsageEvent(
                new RequestId(entry.substring(REQUEST.length())),
                new Account(text(plain, CountersItem.KEY), text(plain, "customer"), text(plain, "alias")),
                new Tokens(
                        number(plain, "promptTokens"),
                        number(plain, "completionTokens"),
                        Basis.valueOf(text(plain, TOKENS).toUpperCase(Locale.ROOT))),
                state(plain));
    }

    private static State state(Map<String, Object> plain) {
        return switch (text(plain, STATE)) {
            case OPEN -> new State.Open();
            case CLOSED -> new State.Closed();
            case SETTLED ->
                new State.Settled(new Ending(
                        Math.toIntExact(number(plain, "status")),
                        text(plain, "code"),
                        Math.toIntExact(number(plain, "attempts")),
                        plain.containsKey("firstTokenMillis")
                                ? Optional.of(Duration.ofMillis(number(plain, "firstTokenMillis")))
                                : Optional.empty(),
                        Duration.ofMillis(number(plain, "totalMillis"))));
            default -> throw new IllegalArgumentException("state: unknown");
        };
    }

    static Map<String, AttributeValue> fields(Period.Sum sum) {
        return Map.of(
                "customer",
                CountersItem.text(sum.customer()),
                REQUESTS,
                CountersItem.number(sum.totals().requests()),
                "promptTokens",
                CountersItem.number(sum.totals().promptTokens()),
                "completionTokens",
                CountersItem.number(sum.totals().completionTokens()));
    }

    /** A day's. */
    static Period.Sum sum(Map<String, AttributeValue> item) {
        Map<String, Object> plain = Items.plain(item);
        return new Period.Sum(
                text(plain, CountersItem.KEY),
                text(plain, "customer"),
                new Period.Day(LocalDate.parse(text(plain, CountersItem.ENTRY).substring(DAY.length()))),
                new Totals(number(plain, REQUESTS), number(plain, "promptTokens"), number(plain, "completionTokens")));
    }

    private static String text(Map<String, Object> plain, String name) {
        if (plain.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + ": no text");
    }

    private static long number(Map<String, Object> plain, String name) {
        if (plain.get(name) instanceof BigDecimal number) {
            return number.longValueExact();
        }
        throw new IllegalArgumentException(name + ": no number");
    }
}
