package network.cortensor.portal.local;

import java.util.List;
import java.util.Map;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.dynamo.Items;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An alias whose items are there to be broken: with a pool of its own, one target on its session, and one on a session that nobody knows.
 *
 * @param othersSession of another alias's target
 */
record Victim(FastPortal fast, String name, long othersSession) {
    /** What customers may be told, whatever operators do: an answer, or an error of the catalog's making, and never a 500. */
    static final String LEGITIMATE =
            "answer|404 model_not_found|503 model_unavailable|400 (context_length_exceeded|invalid_request_error|)"
                    + "|502 upstream_error|504 upstream_timeout|503 model_overloaded";

    private static final long OWN_SESSION = 61_000;

    void create() {
        fast.portal().routers().router("router-a").session(OWN_SESSION);
        fast.portal().routers().router("router-b").session(OWN_SESSION);
        fast.alias(
                name,
                Map.of(),
                Map.of("t0", fast.onRouterA(OWN_SESSION, "live"), "t1", fast.onRouterB(OWN_SESSION, "live")));
    }

    CatalogKey model() {
        return CatalogKey.model(name);
    }

    CatalogKey pool() {
        return CatalogKey.pool(name);
    }

    CatalogKey target() {
        return CatalogKey.target(name, "t0");
    }

    String table(CatalogKey key) {
        return fast.portal().tables().of(key.table());
    }

    /** The item as it stands. */
    Map<String, AttributeValue> item(CatalogKey key) {
        return client().getItem(
                        get -> get.tableName(table(key)).consistentRead(true).key(Items.key(key)))
                .item();
    }

    void delete() {
        List.of(model(), pool(), target(), CatalogKey.target(name, "t1")).forEach(this::delete);
    }

    void delete(CatalogKey key) {
        client().deleteItem(delete -> delete.tableName(table(key)).key(Items.key(key)));
    }

    private DynamoDbClient client() {
        return fast.portal().dynamo().client();
    }
}
