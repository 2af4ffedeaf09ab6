package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import network.cortensor.portal.inference.InferenceHandler;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import network.cortensor.portal.testkit.dynamo.UnitCounter;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** What one key's requests cost in DynamoDB's units when all goes well, everything included. */
class UsageUnitsTest {
    private static final int REQUESTS = 100;

    @Test
    void aRequestCostsSixWritesAndLessThanFourReads() throws Exception {
        try (FastPortal fast = new FastPortal(1)) {
            fast.alias("counted", Map.of(), Map.of("t", fast.onRouterA(90_000, "live")));
            UnitCounter units = new UnitCounter(fast.portal().dynamo().client());
            AtomicInteger healthWrites = new AtomicInteger();
            FaultyDynamoDb watched = new FaultyDynamoDb(units.client());
            watched.plan(request -> {
                if (request instanceof PutItemRequest put
                        && put.tableName().equals(fast.portal().tables().targetHealth())) {
                    healthWrites.incrementAndGet();
                }
                return Disturbance.NONE;
            });
            InferenceHandler worker = fast.portal().worker(watched.client());

            for (int request = 0; request < REQUESTS; request++) {
                Instant now = Instant.now();
                AtomicInteger status = new AtomicInteger();
                worker.api()
                        .handle(
                                ChatEvent.streamed(FastPortal.KEY, "counted").bytes(),
                                now,
                                now.plusSeconds(300),
                                (code, headers) -> {
                                    status.set(code);
                                    return OutputStream.nullOutputStream();
                                });
                assertThat(status).hasValue(200);
            }
            worker.witness().finish();

            UnitCounter.Units spent = units.units();
            assertThat(healthWrites).hasValueLessThanOrEqualTo(5);
            assertThat((spent.written() - healthWrites.get()) / REQUESTS).isBetween(6.0, 6.05);
            assertThat(spent.read() / REQUESTS).isLessThan(4);
        }
    }
}
