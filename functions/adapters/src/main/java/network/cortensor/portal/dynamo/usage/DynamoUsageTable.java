package network.cortensor.portal.dynamo.usage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.usage.Counters;
import network.cortensor.portal.usage.CountersWrite;
import network.cortensor.portal.usage.Entry;
import network.cortensor.portal.usage.Exit;
import network.cortensor.portal.usage.Period;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.UsageEvent;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageSpoiled;
import network.cortensor.portal.usage.UsageTable;
import network.cortensor.portal.usage.UsageUnavailable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The table Usage. A customer's counters are the item {@code counters} of {@code customer#<customer>}, in the form of {@link CountersItem}; a
 * request's event is {@code request#<request id>} of its key, a sum {@code day#<date>} or {@code month#<month>} of its key. Each call costs one unit, as long
 * as the counters are within a kilobyte.
 *
 * <p>People can edit items. Spoiled counters let no request of their customer in, and are reported, until an operator deletes or mends them; no other customer
 * notices. A spoiled event is reported and stands as it is; its request leaves the counters all the same, so that it keeps no place for ever.
 */
public final class DynamoUsageTable implements UsageTable {
    private final DynamoDbClient client;
    private final String table;
    private final ProblemReports reports;

    /** @param table the name of Usage in this deployment */
    public DynamoUsageTable(DynamoDbClient client, String table, ProblemReports reports) {
        this.client = client;
        this.table = table;
        this.reports = reports;
    }

    @Override
    public Counters counters(String customer) throws UsageUnavailable {
        return counters(
                customer,
                guarded(() -> client.getItem(get -> get.tableName(table)
                                .key(CountersItem.key(customer))
                                .consistentRead(true))
                        .item()));
    }

    private Counters counters(String customer, Map<String, AttributeValue> item) throws UsageSpoiled {
        try {
            return CountersItem.counters(customer, item);
        } catch (Spoiled e) {
            reports.report(List.of(e.problem("counters of customer " + customer)));
            throw new UsageSpoiled(e);
        }
    }

    @Override
    public CountersWrite enter(Counters seen, Entry entry) throws UsageUnavailable {
        return update(seen, CountersUpdate.enter(table, seen, entry));
    }

    @Override
    public CountersWrite leave(Counters seen, Exit exit) throws UsageUnavailable {
        return update(seen, CountersUpdate.leave(table, seen, exit));
    }

    @Override
    public CountersWrite countRefused(Counters seen, String keyId) throws UsageUnavailable {
        return update(seen, CountersUpdate.countRefused(table, seen, keyId));
    }

    private CountersWrite update(Counters seen, UpdateItemRequest update) throws UsageUnavailable {
        Stood stood = guarded(() -> {
            try {
                return new Stood.Changed(client.updateItem(update).attributes());
            } catch (ConditionalCheckFailedException e) {
                return new Stood.InTheWay(e.item());
            }
        });
        return switch (stood) {
            case Stood.Changed changed -> new CountersWrite.Done(counters(seen.customer(), changed.item()));
            case Stood.InTheWay other -> new CountersWrite.Refused(counters(seen.customer(), other.item()));
        };
    }

    @Override
    public CountersWrite roll(Counters seen, Counters next) throws UsageUnavailable {
        Counters rolled = next.rolled();
        PutItemRequest.Builder put = PutItemRequest.builder()
                .tableName(table)
                .item(CountersItem.of(rolled))
                .conditionExpression("attribute_not_exists(#changes)")
                .expressionAttributeNames(Map.of("#changes", CountersItem.CHANGES))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (seen.changes() > 0) {
            put.conditionExpression("#changes = :seen")
                    .expressionAttributeValues(Map.of(":seen", CountersItem.number(seen.changes())));
        }
        Stood stood = guarded(() -> {
            try {
                client.putItem(put.build());
                return new Stood.Changed(Map.of());
            } catch (ConditionalCheckFailedException e) {
                return new Stood.InTheWay(e.item());
            }
        });
        return switch (stood) {
            case Stood.Changed ignored -> new CountersWrite.Done(rolled);
            case Stood.InTheWay other -> new CountersWrite.Refused(counters(seen.customer(), other.item()));
        };
    }

    /** How an item stands after a conditional write. */
    private sealed interface Stood {
        record Changed(Map<String, AttributeValue> item) implements Stood {}

        /** The condition failed. */
        record InTheWay(Map<String, AttributeValue> item) implements Stood {}
    }

    @Override
    public void record(Period.Sum sum) throws UsageUnavailable {
        Map<String, AttributeValue> item = new HashMap<>(UsageItems.fields(sum));
        item.putAll(UsageItems.key(sum));
        ignoringRefusal(() -> client.putItem(put -> put.tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(#requests) OR #requests < :requests")
                .expressionAttributeNames(Map.of("#requests", UsageItems.REQUESTS))
                .expressionAttributeValues(
                        Map.of(":requests", CountersItem.number(sum.totals().requests())))));
    }

    @Override
    public void open(UsageEvent event) throws UsageUnavailable {
        Map<String, AttributeValue> item = new HashMap<>(UsageItems.fields(event));
        item.putAll(UsageItems.key(event.account().keyId(), event.request()));
        ignoringRefusal(() -> client.putItem(put -> put.tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(#state)")
                .expressionAttributeNames(Map.of("#state", UsageItems.STATE))));
    }

    @Override
    public UsageEvent settle(UsageEvent event) throws UsageUnavailable {
        Map<String, AttributeValue> fields = UsageItems.fields(event);
        Map<String, AttributeValue> values = new HashMap<>();
        fields.forEach((name, value) -> values.put(":" + name, value));
        values.put(":open", CountersItem.text(UsageItems.OPEN));
        UpdateItemRequest update = UpdateItemRequest.builder()
                .tableName(table)
                .key(UsageItems.key(event.account().keyId(), event.request()))
                .updateExpression(fields.keySet().stream()
                        .sorted()
                        .map(name -> "#" + name + " = :" + name)
                        .collect(Collectors.joining(", ", "SET ", "")))
                .conditionExpression("attribute_not_exists(#state) OR #state = :open")
                .expressionAttributeNames(
                        fields.keySet().stream().collect(Collectors.toMap(name -> "#" + name, name -> name)))
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        Stood stood = guarded(() -> {
            try {
                client.updateItem(update);
                return new Stood.Changed(Map.of());
            } catch (ConditionalCheckFailedException e) {
                return new Stood.InTheWay(e.item());
            }
        });
        return switch (stood) {
            case Stood.Changed ignored -> event;
            case Stood.InTheWay standing -> event(standing.item()).orElse(event);
        };
    }

    @Override
    public Optional<UsageEvent> close(String keyId, RequestId request) throws UsageUnavailable {
        UpdateItemRequest update = UpdateItemRequest.builder()
                .tableName(table)
                .key(UsageItems.key(keyId, request))
                .updateExpression("SET #state = :closed, #tokens = :estimated")
                .conditionExpression("#state = :open")
                .expressionAttributeNames(Map.of("#state", UsageItems.STATE, "#tokens", UsageItems.TOKENS))
                .expressionAttributeValues(Map.of(
                        ":open", CountersItem.text(UsageItems.OPEN),
                        ":closed", CountersItem.text(UsageItems.CLOSED),
                        ":estimated", CountersItem.text(Basis.ESTIMATED.word())))
                .returnValues(ReturnValue.ALL_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        Map<String, AttributeValue> standing = guarded(() -> {
            try {
                return client.updateItem(update).attributes();
            } catch (ConditionalCheckFailedException e) {
                return e.hasItem() ? e.item() : Map.of();
            }
        });
        return standing.isEmpty() ? Optional.empty() : event(standing);
    }

    private Optional<UsageEvent> event(Map<String, AttributeValue> item) {
        try {
            return Optional.of(UsageItems.event(item));
        } catch (Spoiled e) {
            reports.report(List.of(e.problem(UsageItems.shownName(item))));
            return Optional.empty();
        }
    }

    /** A condition that fails says that what was to be written is there already. */
    private static void ignoringRefusal(Runnable write) throws UsageUnavailable {
        guarded(() -> {
            try {
                write.run();
                return true;
            } catch (ConditionalCheckFailedException e) {
                return false;
            }
        });
    }

    private static <T> T guarded(Supplier<T> call) throws UsageUnavailable {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new UsageUnavailable(e);
        }
    }
}
