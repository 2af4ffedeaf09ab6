package network.cortensor.portal.dynamo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.catalog.WholeCatalog;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Reads every item of the catalog, for whoever looks after all of them: one scan per table, so for nothing that customers wait for. */
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
        WholeCatalog catalog = WholeCatalog.of(items());
        List<Problem> errors = catalog.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        reports.report(errors);
        return catalog;
    }

    private WholeCatalog.Items items() throws CatalogUnavailable {
        Map<String, Map<String, Object>> models = new HashMap<>();
        Map<String, Map<String, Object>> pools = new HashMap<>();
        Map<String, Map<String, Map<String, Object>>> targets = new HashMap<>();
        try {
            scan(tables.models(), "alias", models::put);
            scan(tables.pools(), "pool", pools::put);
            scan(
                    tables.targets(),
                    "pool",
                    (pool, item) -> targets.computeIfAbsent(pool, absent -> new HashMap<>())
                            .put(text(item, "target"), item));
        } catch (SdkException e) {
            throw new CatalogUnavailable(e);
        }
        return new WholeCatalog.Items(models, pools, targets);
    }

    private void scan(String table, String key, BiConsumer<String, Map<String, Object>> each) {
        client.scanPaginator(request -> request.tableName(table)).items().forEach(item -> {
            Map<String, Object> plain = Items.plain(item);
            each.accept(text(plain, key), plain);
        });
    }

    private static String text(Map<String, Object> item, String name) {
        return item.get(name) instanceof String text ? text : "";
    }
}
