package network.cortensor.portal.inference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import network.cortensor.portal.testkit.schedule.Schedule;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What a request calls and when, in virtual time. What begins at one instant is one trip. */
final class RecordedTrips {
    /** How long every table, Parameter Store and a router's connection take. */
    static final Duration EACH = Duration.ofMillis(4);

    private final Schedule schedule;
    private final List<Call> calls = new ArrayList<>();
    private Instant begin;
    private Instant sentAt;
    private boolean sent;
    private boolean settled;

    private record Call(String name, Instant at, boolean afterwards) {}

    RecordedTrips(Schedule schedule) {
        this.schedule = schedule;
        this.begin = schedule.instant();
        this.sentAt = begin;
    }

    /** Another request begins. */
    void reset() {
        calls.clear();
        begin = schedule.instant();
        sent = false;
        settled = false;
    }

    /** Something is called that takes its time. */
    void call(String name) {
        settled |= name.equals("settle");
        calls.add(new Call(name, schedule.instant(), sent));
        schedule.pause(EACH);
    }

    void call(DynamoDbRequest request) {
        call(name(request));
    }

    /** The first byte leaves for the router. */
    void sent() {
        calls.add(new Call("SENT", schedule.instant(), false));
        sentAt = schedule.instant();
        sent = true;
    }

    /** As in {@code key + plan → enter → SENT after 8 ms; settle → free after 4 ms}. */
    String text() {
        String before = trips(false);
        if (!sent) {
            return before + " | free after " + millis(begin, schedule.instant());
        }
        return before + " after " + millis(begin, sentAt) + " | " + trips(true) + " → free after "
                + millis(sentAt, schedule.instant());
    }

    private static String millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() + " ms";
    }

    private String trips(boolean afterwards) {
        Map<Instant, List<String>> byStart = calls.stream()
                .filter(call -> call.afterwards() == afterwards)
                .collect(Collectors.groupingBy(
                        Call::at, TreeMap::new, Collectors.mapping(Call::name, Collectors.toList())));
        return byStart.values().stream()
                .map(names -> names.stream().sorted().collect(Collectors.joining(" + ")))
                .collect(Collectors.joining(" → "));
    }

    String name(DynamoDbRequest request) {
        return switch (request) {
            case GetItemRequest get -> single(table(get.tableName()), get.key());
            case QueryRequest query -> table(query.tableName());
            case PutItemRequest put -> written(table(put.tableName()), put.item(), "open");
            case UpdateItemRequest update -> written(table(update.tableName()), update.key(), "settle");
            case DeleteItemRequest ignored -> "slot delete";
            default -> request.getClass().getSimpleName();
        };
    }

    private static String single(String table, Map<String, AttributeValue> key) {
        return switch (table) {
            case "ApiKeys" -> text(key, "keyHash").startsWith("plan#") ? "plan" : "key";
            case "Usage" -> "counters";
            case "Models" -> "alias";
            case "Pools" -> "pool";
            case "health" -> text(key, "pool").startsWith("#") ? "heartbeat" : "evidence";
            default -> table;
        };
    }

    private String written(String table, Map<String, AttributeValue> item, String record) {
        return switch (table) {
            case "slots" -> "slot put";
            case "health" -> "evidence put";
            case "Usage" -> text(item, "entry").equals("counters") ? counters() : record;
            default -> table + " written";
        };
    }

    /** A request leaves after its record was settled. */
    private String counters() {
        return settled ? "leave" : "enter";
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute)).s();
    }

    private static String table(String name) {
        String table = name.substring(name.indexOf('-') + 1);
        return switch (table) {
            case "SessionSlots" -> "slots";
            case "Targets" -> "targets";
            case "TargetHealth" -> "health";
            default -> table;
        };
    }
}
