package network.cortensor.portal.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.router.RouterConfig;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.testkit.router.SessionSettings;

/**
 * A fleet in a process of its own: its tables, and simulated routers that answer after 200 ms. It says where its tables are, and lives
 * until its input ends.
 */
public final class SimulatedFleet {
    static final TableNames TABLES = TableNames.prefixed("bench-");

    private static final int POOLS = 10;
    private static final int SESSIONS_PER_ROUTER = 5;

    private SimulatedFleet() {}

    /** @param args how many targets */
    public static void main(String[] args) throws IOException {
        int routers = Integer.parseInt(args[0]) / SESSIONS_PER_ROUTER;
        List<RouterSimulator> simulators = new ArrayList<>();
        DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);
        for (int pool = 0; pool < POOLS; pool++) {
            put(dynamo, TABLES.pools(), Map.of("pool", "pool-" + pool, "state", "live"));
        }
        SessionSettings settings =
                SessionSettings.DEFAULT.withLatency(Duration.ofMillis(200)).withTokensPerSecond(200);
        for (int number = 0; number < routers; number++) {
            RouterSimulator router = RouterSimulator.start(RouterConfig.DEFAULT
                    .withSettings(settings)
                    .withSessions(LongStream.range(0, SESSIONS_PER_ROUTER).toArray()));
            simulators.add(router);
            for (int session = 0; session < SESSIONS_PER_ROUTER; session++) {
                put(dynamo, TABLES.targets(), target(router, number, session));
            }
        }
        System.out.println(dynamo.url());
        System.in.transferTo(OutputStream.nullOutputStream());
        simulators.forEach(RouterSimulator::close);
        dynamo.close();
    }

    private static Map<String, Object> target(RouterSimulator router, int number, int session) {
        return Map.of(
                "pool",
                "pool-" + (number + session) % POOLS,
                "target",
                "r" + number + "-s" + session,
                "routerUrl",
                router.url().toString(),
                "sessionId",
                BigDecimal.valueOf(session),
                "state",
                "live");
    }

    private static void put(DynamoLocal dynamo, String table, Map<String, Object> item) {
        dynamo.client().putItem(put -> put.tableName(table).item(Items.attributes(ItemValue.item(item))));
    }
}
