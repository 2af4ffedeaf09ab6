package network.cortensor.portal.dynamo.health;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.TargetId;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Evidence in its table: a pool is one query, a target one consistent read, a write one put on condition of the version. The prober's heartbeat is an
 * item under a key that no name can have.
 */
public final class DynamoHealth implements HealthStore {
    /** A query takes some 5 ms. Who routes by what it says waits no longer than a person hardly notices. */
    private static final Duration LONGEST_ROUTING_READ = Duration.ofMillis(500);

    private static final TargetKey HEARTBEAT = new TargetKey("#prober", "heartbeat");

    private final DynamoDbClient client;
    private final String table;
    private final RandomGenerator random;
    private final Optional<Duration> routingReads;

    private record TargetKey(String pool, String target) {
        private static TargetKey of(TargetId id) {
            return new TargetKey(id.pool(), id.name());
        }

        private Map<String, AttributeValue> attributes() {
            return Map.of("pool", AttributeValue.fromS(pool), "target", AttributeValue.fromS(target));
        }
    }

    /** @param random tells writes apart, also those of processes that were started from one snapshot */
    public DynamoHealth(DynamoDbClient client, TableNames tables, RandomGenerator random) {
        this(client, tables.targetHealth(), random, Optional.empty());
    }

    private DynamoHealth(DynamoDbClient client, String table, RandomGenerator random, Optional<Duration> routingReads) {
        this.client = client;
        this.table = table;
        this.random = random;
        this.routingReads = routingReads;
    }

    /**
     * The same table for those who route customers' requests, who would rather go without evidence than wait: what they read, a pool's evidence and the
     * heartbeat, is given up after half a second, its repetitions included.
     */
    public DynamoHealth forRouting() {
        return new DynamoHealth(client, table, random, Optional.of(LONGEST_ROUTING_READ));
    }

    @Override
    public Map<String, TargetHealth> pool(String pool) throws HealthUnavailable {
        Map<String, TargetHealth> found = new HashMap<>();
        try {
            client.queryPaginator(request -> request.tableName(table)
                            .overrideConfiguration(this::bounded)
                            .keyConditionExpression("#pool = :pool")
                            .expressionAttributeNames(Map.of("#pool", "pool"))
                            .expressionAttributeValues(Map.of(":pool", AttributeValue.fromS(pool))))
                    .items()
                    .forEach(item -> {
                        Map<String, ItemValue> plain = Items.plain(item);
                        found.put(ItemValue.text(plain, "target").orElse(""), HealthItems.parse(plain));
                    });
        } catch (SdkException e) {
            throw new HealthUnavailable(e);
        }
        return Map.copyOf(found);
    }

    @Override
    public Optional<TargetHealth> find(TargetId target) throws HealthUnavailable {
        return get(TargetKey.of(target), override -> {}).map(HealthItems::parse);
    }

    /**
     * Each write has an id: if the condition fails on an item with ours, an earlier try had succeeded and its answer was lost.
     *
     * <p>An item without a version, or with one that no write of ours leaves (a text, a fraction, a number below 1), was made by hand, and is
     * written over like any other.
     */
    @Override
    public boolean write(TargetId target, TargetHealth health) throws HealthUnavailable {
        Map<String, AttributeValue> item = new HashMap<>(Items.attributes(HealthItems.format(health.written())));
        item.putAll(TargetKey.of(target).attributes());
        item.put("write", AttributeValue.fromS(HexFormat.of().toHexDigits(random.nextLong())));
        try {
            client.putItem(request -> request.tableName(table)
                    .item(item)
                    .conditionExpression(HealthItems.isVersion(health.version()))
                    .expressionAttributeNames(Map.of("#version", "version"))
                    .expressionAttributeValues(HealthItems.versionValues(health.version()))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return Objects.equals(item.get("write"), e.item().get("write"));
        } catch (SdkException e) {
            throw new HealthUnavailable(e);
        }
    }

    @Override
    public Optional<Instant> heartbeat() throws HealthUnavailable {
        return get(HEARTBEAT, this::bounded).flatMap(item -> HealthItems.instant(item, "finished"));
    }

    @Override
    public void beat(Instant finished) throws HealthUnavailable {
        Map<String, AttributeValue> item = new HashMap<>(HEARTBEAT.attributes());
        item.put("finished", AttributeValue.fromS(finished.toString()));
        try {
            client.putItem(request -> request.tableName(table).item(item));
        } catch (SdkException e) {
            throw new HealthUnavailable(e);
        }
    }

    private void bounded(AwsRequestOverrideConfiguration.Builder override) {
        routingReads.ifPresent(override::apiCallTimeout);
    }

    private Optional<Map<String, ItemValue>> get(
            TargetKey key, Consumer<AwsRequestOverrideConfiguration.Builder> override) throws HealthUnavailable {
        try {
            Map<String, AttributeValue> item = client.getItem(request -> request.tableName(table)
                            .key(key.attributes())
                            .consistentRead(true)
                            .overrideConfiguration(override))
                    .item();
            return item.isEmpty() ? Optional.empty() : Optional.of(Items.plain(item));
        } catch (SdkException e) {
            throw new HealthUnavailable(e);
        }
    }
}
