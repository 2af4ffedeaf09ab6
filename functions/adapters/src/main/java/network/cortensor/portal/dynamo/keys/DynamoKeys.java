package network.cortensor.portal.dynamo.keys;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.Parsed;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.IssuedKeys;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.KeyVerdict;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.memory.KeepTimes;
import network.cortensor.portal.memory.Outage;
import network.cortensor.portal.memory.Remembered;
import network.cortensor.portal.memory.Unreadable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds keys and their plans in the table ApiKeys: one read for the key and one for its plan, at most every 5 s each.
 *
 * <p>Reads are consistent and nothing is used longer than 5 s from the moment its reading began, not even while the table fails: so a
 * revocation that DynamoDB has confirmed holds for every request that comes more than 5 s later, whatever happens. Eventually
 * consistent reads would cost half, and promise nothing about when.
 *
 * <p>Wrong keys are remembered likewise, so that many requests with one of them cost one read; of made-up ones, a thousand at most.
 */
public final class DynamoKeys implements IssuedKeys {
    private static final KeepTimes NO_LONGER = KeepTimes.noLongerThan(Catalog.FRESH);

    private final DynamoDbClient client;
    private final String table;
    private final ProblemReports reports;
    private final InstantSource clock;
    private final Remembered<Row<IssuedKey>> keys;
    private final Remembered<Row<Plan>> plans;

    public DynamoKeys(DynamoDbClient client, TableNames tables, ProblemReports reports, InstantSource clock) {
        this.client = client;
        this.table = tables.apiKeys();
        this.reports = reports;
        this.clock = clock;
        Outage outage = new Outage();
        this.keys = new Remembered<>(clock, Row::isAbsent, outage, NO_LONGER);
        this.plans = new Remembered<>(clock, Row::isAbsent, outage, NO_LONGER);
    }

    /** What stands under a key of the table. */
    private sealed interface Row<T> {
        record Absent<T>() implements Row<T> {}

        record Broken<T>() implements Row<T> {}

        record Good<T>(T value) implements Row<T> {}

        default boolean isAbsent() {
            return this instanceof Absent;
        }
    }

    @Override
    public KeyVerdict find(KeyHash hash) {
        try {
            return switch (keys.get(hash.hex(), () -> key(hash)).value()) {
                case Row.Absent<IssuedKey> ignored -> new KeyVerdict.Unknown();
                case Row.Broken<IssuedKey> ignored -> new KeyVerdict.Unavailable();
                case Row.Good<IssuedKey> good -> verdict(good.value());
            };
        } catch (Unreadable e) {
            return new KeyVerdict.Unavailable();
        }
    }

    /** How many keys it knows something about, good and wrong ones. */
    int remembered() {
        return keys.size();
    }

    private KeyVerdict verdict(IssuedKey key) throws Unreadable {
        if (!key.goodAt(clock.instant())) {
            return new KeyVerdict.Unknown();
        }
        return switch (plans.get(key.plan(), () -> plan(key.plan())).value()) {
            case Row.Absent<Plan> ignored -> {
                reports.report(List.of(Problem.dangling("key " + key.keyId(), KeyItems.PLAN, key.plan())));
                yield new KeyVerdict.Unavailable();
            }
            case Row.Broken<Plan> ignored -> new KeyVerdict.Unavailable();
            case Row.Good<Plan> good -> new KeyVerdict.Known(key.customer(good.value()));
        };
    }

    private Row<IssuedKey> key(KeyHash hash) throws Unreadable {
        return read(hash.hex()).map(item -> row(KeyItems.parse(hash, item))).orElse(new Row.Absent<>());
    }

    private Row<Plan> plan(String name) throws Unreadable {
        return read(PlanItems.tableKey(name))
                .map(item -> row(PlanItems.parse(name, item)))
                .orElse(new Row.Absent<>());
    }

    private <T> Row<T> row(Parsed<Optional<T>> parsed) {
        reports.report(parsed.problems());
        return parsed.value().<Row<T>>map(Row.Good::new).orElse(new Row.Broken<>());
    }

    private Optional<Map<String, ItemValue>> read(String key) throws Unreadable {
        try {
            Map<String, AttributeValue> item = client.getItem(request -> request.tableName(table)
                            .consistentRead(true)
                            .key(Map.of(KeyItems.TABLE_KEY, AttributeValue.fromS(key))))
                    .item();
            return item.isEmpty() ? Optional.empty() : Optional.of(Items.plain(item));
        } catch (SdkException e) {
            throw new Unreadable(e);
        }
    }
}
