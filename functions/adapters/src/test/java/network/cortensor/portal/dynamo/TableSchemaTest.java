package network.cortensor.portal.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableSchemaTest {
    private final TableNames tables = TableNames.prefixed("schema-");
    private final DynamoHost dynamo = host(tables);
    private final DynamoDbClient client = dynamo.client();

    /** Where the tables are. */
    DynamoHost host(TableNames names) {
        return DynamoLocal.startWith(new TableSchema(names)::create);
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    @Test
    void everyTableHasItsKeys() {
        assertThat(names().collect(Collectors.toMap(name -> name, this::keys)))
                .isEqualTo(Map.of(
                        "schema-Models", List.of("alias"),
                        "schema-Pools", List.of("pool"),
                        "schema-Targets", List.of("pool", "target"),
                        "schema-TargetHealth", List.of("pool", "target"),
                        "schema-SessionSlots", List.of("router", "slot"),
                        "schema-CatalogHistory", List.of("item", "sequence"),
                        "schema-ApiKeys", List.of("keyHash"),
                        "schema-Usage", List.of("keyId", "entry")));
    }

    @Test
    void onlyTheCatalogHasStreamsAndTheyHoldBothImages() {
        assertThat(names().map(this::describe)
                        .filter(table -> table.streamSpecification() != null)
                        .filter(table ->
                                table.streamSpecification().streamViewType() == StreamViewType.NEW_AND_OLD_IMAGES)
                        .map(TableDescription::tableName))
                .containsExactlyInAnyOrder(tables.models(), tables.pools(), tables.targets());
    }

    @Test
    void slotsExpire() {
        assertThat(client.describeTimeToLive(describe -> describe.tableName(tables.sessionSlots()))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("expiresAt");
    }

    private Stream<String> names() {
        return client.listTablesPaginator().tableNames().stream().filter(name -> name.startsWith("schema-"));
    }

    private List<String> keys(String table) {
        return describe(table).keySchema().stream()
                .map(key -> key.attributeName())
                .toList();
    }

    private TableDescription describe(String table) {
        return client.describeTable(describe -> describe.tableName(table)).table();
    }
}
