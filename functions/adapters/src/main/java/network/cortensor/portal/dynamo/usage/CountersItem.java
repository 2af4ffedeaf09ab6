package network.cortensor.portal.dynamo.usage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import network.cortensor.portal.usage.Counters;
import network.cortensor.portal.usage.Counters.Place;
import network.cortensor.portal.usage.KeyCounters;
import network.cortensor.portal.usage.Meter;
import network.cortensor.portal.usage.Moment;
import network.cortensor.portal.usage.OpenRequest;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.Totals;
import network.cortensor.portal.usage.Use;
import network.cortensor.portal.usage.Window;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A customer's counters as an item of Usage. Every write costs by the item's size, so the attributes have names of one letter.
 *
 * <ul>
 *   <li>{@code m}: requests in the current sixtieth of the minute
 *   <li>{@code w}: requests in the current sixtieth of the week
 *   <li>{@code t}: tokens in the current sixtieth of the week
 *   <li>{@code f}: requests in flight
 *   <li>{@code g}: ids of requests that have left since the last roll
 *   <li>{@code o0}: the open requests of the key with number 0, each as its id (16 bytes) and the tokens that it reserves (8 bytes)
 *   <li>{@code d0}, {@code p0}, {@code c0}: requests, prompt tokens and completion tokens of that key today
 *   <li>{@code m0}, {@code w0}, {@code t0}: as {@code m}, {@code w}, {@code t}, of that key alone
 *   <li>{@code past}: the earlier sixtieths, as a {@link PackedPast}, which also says which key has which number
 * </ul>
 *
 * <p>For example, {@code m = 5}, {@code m0 = 3} and {@code m1 = 2} say that the customer has sent five requests in this sixtieth, three of them by the key
 * with number 0.
 */
final class CountersItem {
    static final String KEY = "keyId";
    static final String ENTRY = "entry";
    static final String CHANGES = "changes";
    static final String ROLLS = "rolls";
    static final String MINUTE = "minute";
    static final String WEEK = "week";
    static final String DAY = "day";
    static final String MINUTE_REQUESTS = "m";
    static final String WEEK_REQUESTS = "w";
    static final String WEEK_TOKENS = "t";
    static final String IN_FLIGHT = "f";
    static final String OPEN = "o";
    static final String GONE = "g";
    static final String DAY_REQUESTS = "d";
    static final String DAY_PROMPT = "p";
    static final String DAY_COMPLETION = "c";

    private static final String PAST = "past";

    private CountersItem() {}

    /** No key id has a {@code #} in it. */
    static Map<String, AttributeValue> key(String customer) {
        return Map.of(KEY, text("customer#" + customer), ENTRY, text("counters"));
    }

    static Map<String, AttributeValue> of(Counters counters) {
        Map<String, AttributeValue> item = new HashMap<>(key(counters.customer()));
        item.put(CHANGES, number(counters.changes()));
        item.put(ROLLS, number(counters.rolls()));
        item.put(MINUTE, number(counters.moment().minute()));
        item.put(WEEK, number(counters.moment().week()));
        item.put(DAY, text(counters.moment().day().toString()));
        item.put(
                PAST, AttributeValue.fromB(SdkBytes.fromByteArray(past(counters).bytes())));
        Use all = counters.use();
        item.put(IN_FLIGHT, number(all.inFlight()));
        putUse(item, "", all);
        counters.keys().forEach(place -> put(item, place));
        if (!counters.gone().isEmpty()) {
            item.put(
                    GONE,
                    AttributeValue.fromBs(
                            counters.gone().stream().map(CountersItem::packed).toList()));
        }
        return item;
    }

    private static PackedPast past(Counters counters) {
        return new PackedPast(counters.keys().stream()
                .map(place -> new PackedPast.Place(
                        place.number(),
                        place.keyId(),
                        new PackedPast.Windows(
                                place.counters().minute().past(),
                                place.counters().week().past(),
                                place.counters().tokens().past()),
                        place.counters().month()))
                .toList());
    }

    private static void putUse(Map<String, AttributeValue> item, String suffix, Use use) {
        item.put(MINUTE_REQUESTS + suffix, number(use.minute().now()));
        item.put(WEEK_REQUESTS + suffix, number(use.week().now()));
        item.put(WEEK_TOKENS + suffix, number(use.tokens().now()));
    }

    private static void put(Map<String, AttributeValue> item, Place place) {
        KeyCounters counters = place.counters();
        putUse(item, suffix(place), counters.use());
        if (!counters.open().isEmpty()) {
            item.put(OPEN + place.number(), open(counters.open()));
        }
        item.put(DAY_REQUESTS + place.number(), number(counters.today().requests()));
        item.put(DAY_PROMPT + place.number(), number(counters.today().promptTokens()));
        item.put(DAY_COMPLETION + place.number(), number(counters.today().completionTokens()));
    }

    private static String suffix(Place place) {
        return Integer.toString(place.number());
    }

    static AttributeValue open(Set<OpenRequest> open) {
        return AttributeValue.fromBs(open.stream().map(CountersItem::packed).toList());
    }

    static SdkBytes packed(OpenRequest request) {
        ByteBuffer packed = ByteBuffer.allocate(RequestId.BYTES + Long.BYTES);
        packed.put(request.id().bytes()).putLong(request.reserved()).flip();
        return SdkBytes.fromByteBuffer(packed);
    }

    static SdkBytes packed(RequestId request) {
        return SdkBytes.fromByteArray(request.bytes());
    }

    private static OpenRequest unpacked(SdkBytes bytes) {
        ByteBuffer packed = bytes.asByteBuffer();
        if (packed.remaining() != RequestId.BYTES + Long.BYTES) {
            throw new Spoiled(OPEN, "not a request (expected: its id and what it reserves)");
        }
        byte[] id = new byte[RequestId.BYTES];
        packed.get(id);
        long reserved = packed.getLong();
        if (reserved < 0) {
            throw new Spoiled(OPEN, "a request that reserves less than nothing (expected: >= 0 tokens)");
        }
        return new OpenRequest(RequestId.of(id), reserved);
    }

    /** @throws Spoiled if the item cannot be read */
    static Counters counters(String customer, Map<String, AttributeValue> item) {
        if (item.isEmpty()) {
            return Counters.none(customer);
        }
        UsageFields fields = new UsageFields(item);
        List<Place> places = new ArrayList<>();
        for (PackedPast.Place past : past(fields).places()) {
            places.add(new Place(past.number(), past.keyId(), counters(fields, past)));
        }
        Moment moment = new Moment(
                fields.since1970(MINUTE, Window.MINUTE.step()),
                fields.since1970(WEEK, Window.WEEK.step()),
                fields.day(DAY));
        return new Counters(customer, fields.count(CHANGES), fields.count(ROLLS), moment, places, gone(fields));
    }

    private static PackedPast past(UsageFields fields) {
        byte[] packed = fields.required(PAST, AttributeValue.Type.B).b().asByteArray();
        try {
            return PackedPast.of(packed);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Spoiled(PAST, "unreadable (expected: as a program wrote it)");
        }
    }

    private static Set<RequestId> gone(UsageFields fields) {
        if (!fields.has(GONE)) {
            return Set.of();
        }
        return fields.required(GONE, AttributeValue.Type.BS).bs().stream()
                .map(CountersItem::gone)
                .collect(Collectors.toSet());
    }

    private static RequestId gone(SdkBytes bytes) {
        if (bytes.asByteArrayUnsafe().length != RequestId.BYTES) {
            throw new Spoiled(GONE, "not a request (expected: its id)");
        }
        return RequestId.of(bytes.asByteArray());
    }

    private static KeyCounters counters(UsageFields fields, PackedPast.Place past) {
        int number = past.number();
        return new KeyCounters(
                new Meter(past.windows().minute(), fields.sum(MINUTE_REQUESTS + number)),
                new Meter(past.windows().week(), fields.sum(WEEK_REQUESTS + number)),
                new Meter(past.windows().tokens(), fields.sum(WEEK_TOKENS + number)),
                open(fields, OPEN + number),
                new Totals(
                        fields.sum(DAY_REQUESTS + number),
                        fields.sum(DAY_PROMPT + number),
                        fields.sum(DAY_COMPLETION + number)),
                past.month());
    }

    private static Set<OpenRequest> open(UsageFields fields, String name) {
        return fields.has(name)
                ? fields.required(name, AttributeValue.Type.BS).bs().stream()
                        .map(CountersItem::unpacked)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
