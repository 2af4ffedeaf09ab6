package network.cortensor.portal.dynamo.usage;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
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

    /** An item as operators know it: as in {@code usage key-1/day#2026-11-29}. */
    static String shownName(Map<String, AttributeValue> item) {
        return "usage " + shown(item, CountersItem.KEY) + "/" + shown(item, CountersItem.ENTRY);
    }

    private static String shown(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s).orElse("?");
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
        ending.firstToken().ifPresent(time -> fields.put("firstTokenMillis", millis(time)));
        fields.put("totalMillis", millis(ending.total()));
        ending.servedModel().ifPresent(model -> fields.put("servedModel", CountersItem.text(model)));
    }

    /** A clock that was set back makes no count below zero. */
    private static AttributeValue millis(Duration time) {
        return CountersItem.number(Math.max(0, time.toMillis()));
    }

    /** @throws Spoiled if the item cannot be read */
    static UsageEvent event(Map<String, AttributeValue> item) {
        UsageFields fields = new UsageFields(item);
        return new UsageEvent(
                request(fields.textBehind(REQUEST, CountersItem.ENTRY)),
                new Account(fields.text(CountersItem.KEY), fields.text("customer"), fields.text("alias")),
                new Tokens(fields.count("promptTokens"), fields.count("completionTokens"), basis(fields)),
                state(fields));
    }

    private static RequestId request(String text) {
        try {
            return new RequestId(text);
        } catch (IllegalArgumentException e) {
            throw new Spoiled(CountersItem.ENTRY, "not a request's name");
        }
    }

    private static Basis basis(UsageFields fields) {
        String word = fields.text(TOKENS);
        return Arrays.stream(Basis.values())
                .filter(basis -> basis.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new Spoiled(TOKENS, "unknown (expected: counted or estimated)"));
    }

    private static State state(UsageFields fields) {
        return switch (fields.text(STATE)) {
            case OPEN -> new State.Open();
            case CLOSED -> new State.Closed();
            case SETTLED ->
                new State.Settled(new Ending(
                        small(fields, "status"),
                        fields.text("code"),
                        small(fields, "attempts"),
                        fields.has("firstTokenMillis")
                                ? Optional.of(Duration.ofMillis(fields.count("firstTokenMillis")))
                                : Optional.empty(),
                        Duration.ofMillis(fields.count("totalMillis")),
                        fields.has("servedModel") ? Optional.of(fields.text("servedModel")) : Optional.empty()));
            default -> throw new Spoiled(STATE, "unknown (expected: open, closed or settled)");
        };
    }

    private static int small(UsageFields fields, String name) {
        return (int) Math.min(fields.count(name), Integer.MAX_VALUE);
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

    /**
     * A day's.
     *
     * @throws Spoiled if the item cannot be read
     */
    static Period.Sum sum(Map<String, AttributeValue> item) {
        UsageFields fields = new UsageFields(item);
        String day = fields.textBehind(DAY, CountersItem.ENTRY);
        return new Period.Sum(
                fields.text(CountersItem.KEY),
                fields.text("customer"),
                new Period.Day(fields.day(CountersItem.ENTRY, day)),
                new Totals(fields.count(REQUESTS), fields.count("promptTokens"), fields.count("completionTokens")));
    }
}
