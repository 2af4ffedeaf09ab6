package network.cortensor.portal.dynamo.usage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import network.cortensor.portal.usage.Bounds;
import network.cortensor.portal.usage.Counters;
import network.cortensor.portal.usage.Entry;
import network.cortensor.portal.usage.Exit;
import network.cortensor.portal.usage.OpenRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** One conditional update of a customer's counters that adds to what is there, in DynamoDB's words. Used once. */
final class CountersUpdate {
    private static final String REQUEST = ":request";

    private final List<String> additions = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();
    private final String place;

    private CountersUpdate(Counters seen, String keyId) {
        this.place = seen.place(keyId)
                .map(found -> Integer.toString(found.number()))
                .orElseThrow(() -> new IllegalArgumentException("key: without a place in the counters"));
        add(CountersItem.CHANGES, 1);
    }

    private CountersUpdate(Counters seen, String keyId, OpenRequest request) {
        this(seen, keyId);
        values.put(REQUEST, AttributeValue.fromBs(List.of(CountersItem.packed(request))));
        values.put(":open", AttributeValue.fromB(CountersItem.packed(request)));
    }

    static UpdateItemRequest enter(String table, Counters seen, Entry entry) {
        CountersUpdate update = new CountersUpdate(seen, entry.keyId(), entry.request());
        update.notRolledSince(seen);
        update.conditions.add("NOT contains(" + update.openName() + ", :open)");
        update.values.put(
                ":id", AttributeValue.fromB(CountersItem.packed(entry.request().id())));
        update.conditions.add("NOT contains(" + update.name(CountersItem.GONE) + ", :id)");
        update.addUse("", entry.request().reserved(), entry.customer());
        update.add(CountersItem.IN_FLIGHT, 1);
        update.atMost(CountersItem.IN_FLIGHT, entry.customer().inFlight());
        update.addUse(update.place, entry.request().reserved(), entry.key());
        update.openAtMost(entry.key().inFlight());
        return update.request(table, seen.customer(), " ADD " + update.openName() + " " + REQUEST);
    }

    static UpdateItemRequest countRefused(String table, Counters seen, String keyId) {
        CountersUpdate update = new CountersUpdate(seen, keyId);
        update.notRolledSince(seen);
        update.add(CountersItem.MINUTE_REQUESTS, 1);
        update.add(CountersItem.MINUTE_REQUESTS + update.place, 1);
        return update.request(table, seen.customer(), "");
    }

    private void notRolledSince(Counters seen) {
        conditions.add(name(CountersItem.ROLLS) + " = " + value(CountersItem.ROLLS, seen.rolls()));
    }

    static UpdateItemRequest leave(String table, Counters seen, Exit exit) {
        CountersUpdate update = new CountersUpdate(seen, exit.keyId(), exit.request());
        update.conditions.add("contains(" + update.openName() + ", :open)");
        update.atLeast(CountersItem.WEEK, CountersItem.number(exit.notBefore().week()));
        update.atLeast(
                CountersItem.DAY, CountersItem.text(exit.notBefore().day().toString()));
        long tokens = exit.request().settled(exit.used());
        update.add(CountersItem.WEEK_TOKENS, tokens);
        update.add(CountersItem.WEEK_TOKENS + update.place, tokens);
        update.add(CountersItem.IN_FLIGHT, -1);
        update.add(CountersItem.DAY_REQUESTS + update.place, exit.used().requests());
        update.add(CountersItem.DAY_PROMPT + update.place, exit.used().promptTokens());
        update.add(CountersItem.DAY_COMPLETION + update.place, exit.used().completionTokens());
        update.values.put(
                ":gone",
                AttributeValue.fromBs(List.of(CountersItem.packed(exit.request().id()))));
        return update.request(
                table,
                seen.customer(),
                " ADD " + update.name(CountersItem.GONE) + " :gone DELETE " + update.openName() + " " + REQUEST);
    }

    private void addUse(String suffix, long reserved, Bounds bounds) {
        add(CountersItem.MINUTE_REQUESTS + suffix, 1);
        add(CountersItem.WEEK_REQUESTS + suffix, 1);
        add(CountersItem.WEEK_TOKENS + suffix, reserved);
        atMost(CountersItem.MINUTE_REQUESTS + suffix, bounds.minute());
        atMost(CountersItem.WEEK_REQUESTS + suffix, bounds.week());
        atMost(CountersItem.WEEK_TOKENS + suffix, bounds.tokens());
    }

    private void add(String attribute, long amount) {
        values.put(":add_" + attribute, CountersItem.number(amount));
        additions.add(name(attribute) + " = " + name(attribute) + " + :add_" + attribute);
    }

    private void atMost(String attribute, OptionalLong bound) {
        bound.ifPresent(most -> conditions.add(name(attribute) + " <= " + value(attribute, most)));
    }

    private void atLeast(String attribute, AttributeValue bound) {
        values.put(":" + attribute, bound);
        conditions.add(name(attribute) + " >= :" + attribute);
    }

    /** There is no such thing as an empty set. */
    private void openAtMost(OptionalLong bound) {
        bound.ifPresent(most -> conditions.add("(attribute_not_exists(" + openName() + ") OR size(" + openName()
                + ") <= " + value(CountersItem.OPEN, most) + ")"));
    }

    private String openName() {
        return name(CountersItem.OPEN + place);
    }

    private String name(String attribute) {
        names.put("#" + attribute, attribute);
        return "#" + attribute;
    }

    private String value(String attribute, long number) {
        values.put(":" + attribute, CountersItem.number(number));
        return ":" + attribute;
    }

    private UpdateItemRequest request(String table, String customer, String setChange) {
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(CountersItem.key(customer))
                .updateExpression("SET " + String.join(", ", additions) + setChange)
                .conditionExpression(String.join(" AND ", conditions))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValues(ReturnValue.ALL_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }
}
