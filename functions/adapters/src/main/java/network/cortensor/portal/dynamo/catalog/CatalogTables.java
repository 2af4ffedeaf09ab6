package network.cortensor.portal.dynamo.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.ModelItems;
import network.cortensor.portal.catalog.Parsed;
import network.cortensor.portal.catalog.PoolItems;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.catalog.TargetItems;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.memory.CatalogSource;
import network.cortensor.portal.memory.Unreadable;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Names;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads items of the catalog's tables, and reports what is wrong with them. All reads are consistent: within what one of them takes, an
 * edit that DynamoDB has confirmed is seen.
 */
public final class CatalogTables implements CatalogSource {
    private final DynamoDbClient client;
    private final TableNames tables;
    private final ProblemReports reports;

    public CatalogTables(DynamoDbClient client, TableNames tables, ProblemReports reports) {
        this.client = client;
        this.tables = tables;
        this.reports = reports;
    }

    @Override
    public Optional<ModelAlias> alias(String name) throws Unreadable {
        return item(tables.models(), "alias", name).map(item -> reported(ModelItems.parse(name, item)));
    }

    @Override
    public Optional<Pool> pool(String name) throws Unreadable {
        return item(tables.pools(), "pool", name).map(item -> reported(PoolItems.parse(name, item)));
    }

    @Override
    public List<ModelAlias> aliases() throws Unreadable {
        List<ModelAlias> found = new ArrayList<>();
        try {
            client.scanPaginator(request -> request.tableName(tables.models()).consistentRead(true))
                    .items()
                    .forEach(item -> name("model", "alias", item)
                            .ifPresent(name -> found.add(reported(ModelItems.parse(name, Items.plain(item))))));
        } catch (SdkException e) {
            throw new Unreadable(e);
        }
        found.sort((one, other) -> one.name().compareTo(other.name()));
        return List.copyOf(found);
    }

    @Override
    public List<Target> targets(String pool) throws Unreadable {
        List<Target> found = new ArrayList<>();
        try {
            client.queryPaginator(request -> request.tableName(tables.targets())
                            .consistentRead(true)
                            .keyConditionExpression("#pool = :pool")
                            .expressionAttributeNames(Map.of("#pool", "pool"))
                            .expressionAttributeValues(Map.of(":pool", AttributeValue.fromS(pool))))
                    .items()
                    .forEach(item -> name("target", "target", item)
                            .map(name -> new TargetId(pool, name))
                            .flatMap(id -> reported(TargetItems.parse(id, Items.plain(item))))
                            .ifPresent(found::add));
        } catch (SdkException e) {
            throw new Unreadable(e);
        }
        return List.copyOf(found);
    }

    private Optional<Map<String, ItemValue>> item(String table, String key, String name) throws Unreadable {
        try {
            Map<String, AttributeValue> item = client.getItem(request ->
                            request.tableName(table).consistentRead(true).key(Map.of(key, AttributeValue.fromS(name))))
                    .item();
            return item.isEmpty() ? Optional.empty() : Optional.of(Items.plain(item));
        } catch (SdkException e) {
            throw new Unreadable(e);
        }
    }

    /** The value of an item's key, which is always there and always text, but anything else than a name may stand in it. */
    private Optional<String> name(String kind, String key, Map<String, AttributeValue> item) {
        Optional<String> text = Optional.ofNullable(item.get(key)).map(AttributeValue::s);
        text.filter(value -> !Names.isName(value))
                .ifPresent(value -> reports.report(List.of(Problem.noName(kind, value))));
        return text.filter(Names::isName);
    }

    private <T> T reported(Parsed<T> parsed) {
        reports.report(parsed.errors());
        return parsed.value();
    }
}
