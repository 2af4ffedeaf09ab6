package network.cortensor.portal.dynamo.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.item.ItemValue;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Reads every item of the catalog for the prober and the operators' tool. It scans each table once, so nothing that customers wait for may use it. */
public final class DynamoFleet {
    private final DynamoDbClient client;
    private final TableNames tables;
    private final ProblemReports reports;

    public DynamoFleet(DynamoDbClient client, TableNames tables, ProblemReports reports) {
        this.client = client;
        this.tables = tables;
        this.reports = reports;
    }

    /**
     * The catalog as it is now; what is wrong with it is reported, except for mere advice.
     *
     * @throws CatalogUnavailable if the tables cannot be read
     */
    public WholeCatalog read() throws CatalogUnavailable {
        WholeCatalog catalog = WholeCatalog.of(items(Consistency.EVENTUAL));
        List<Problem> errors = catalog.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        reports.report(errors);
        return catalog;
    }

    /**
     * Every item as it stands, with every edit that DynamoDB has confirmed.
     *
     * @throws CatalogUnavailable if the tables cannot be read
     */
    public WholeCatalog.Items items() throws CatalogUnavailable {
        return items(Consistency.STRONG);
    }

    /** A strong read costs twice as much as one that may lag behind a little. */
    private enum Consistency {
        EVENTUAL,
        STRONG
    }

    private WholeCatalog.Items items(Consistency consistency) throws CatalogUnavailable {
        Map<String, Map<String, ItemValue>> models = new HashMap<>();
        Map<String, Map<String, ItemValue>> pools = new HashMap<>();
        Map<String, Map<String, Map<String, ItemValue>>> targets = new HashMap<>();
        try {
            scan(consistency, tables.models(), item -> models.put(text(item, "alias"), item));
            scan(consistency, tables.pools(), item -> pools.put(text(item, "pool"), item));
            scan(
                    consistency,
                    tables.targets(),
                    item -> targets.computeIfAbsent(text(item, "pool"), absent -> new HashMap<>())
                            .put(text(item, "target"), item));
        } catch (SdkException e) {
            throw new CatalogUnavailable(e);
        }
        return new WholeCatalog.Items(models, pools, targets);
    }

    private void scan(Consistency consistency, String table, Consumer<Map<String, ItemValue>> each) {
        client.scanPaginator(request -> request.tableName(table).consistentRead(consistency == Consistency.STRONG))
                .items()
                .forEach(item -> each.accept(Items.plain(item)));
    }

    private static String text(Map<String, ItemValue> item, String name) {
        return ItemValue.text(item, name).orElse("");
    }
}
