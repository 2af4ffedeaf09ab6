package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import network.cortensor.portal.api.ApiHandler;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import network.cortensor.portal.testkit.router.SimulatedSession;
import network.cortensor.portal.usage.Ledger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/**
 * A worker of the whole product, on real tables and a simulated router, that dies at each of its steps in turn: each call to a table, before and after
 * it is carried out, and each piece of the answer. Nothing of it works after that.
 */
class UsageKillTest {
    private static final long FIRST_SESSION = 80_000;
    private static final String CUSTOMER = "killed";
    private static final int MOST_STEPS = 100;

    private final SplittableRandom random = new SplittableRandom(1);

    /** What the step was to do is done, or not. */
    private enum Dies {
        BEFORE,
        AFTER
    }

    /** A request whose worker died, or not. */
    private record Victim(String keyId, SimulatedSession session, boolean died) {}

    @Test
    void everyTaskThatARouterServedBelongsToOneEventWhereverTheWorkerDies() throws Exception {
        try (FastPortal fast = new FastPortal(1)) {
            List<Victim> victims = new ArrayList<>();
            for (int step = 0; step < MOST_STEPS; step++) {
                Victim before = serve(fast, step, Dies.BEFORE);
                victims.add(before);
                victims.add(serve(fast, step, Dies.AFTER));
                if (!before.died()) {
                    break;
                }
            }
            DynamoUsageTable table = new DynamoUsageTable(
                    fast.portal().dynamo().client(), fast.portal().tables().usage(), problems -> {});
            Ledger reader = new Ledger(
                    table, () -> Instant.now().plus(Duration.ofMinutes(7)), pause -> {}, Ledger.Terms.PRODUCTION);
            reader.current(CUSTOMER);
            reader.current(CUSTOMER);

            assertThat(reader.current(CUSTOMER).use().inFlight()).isZero();
            assertThat(victims.getLast().died()).isFalse();
            assertThat(victims).hasSizeGreaterThan(30);
            for (Victim victim : victims) {
                accountsForItsTasks(victim, events(fast, victim.keyId()));
            }
            assertThat(victims).anyMatch(victim -> states(fast, victim).equals(List.of("closed")));
            assertThat(victims)
                    .anyMatch(victim -> victim.died() && states(fast, victim).equals(List.of("settled")));
            assertThat(victims).anyMatch(victim -> states(fast, victim).isEmpty());
        }
    }

    private static void accountsForItsTasks(Victim victim, List<Map<String, AttributeValue>> events) {
        long served = victim.session().counts().served();
        assertThat(events)
                .as("events of %s, which was served %d tasks", victim, served)
                .hasSizeBetween((int) served, 1);
        for (Map<String, AttributeValue> event : events) {
            String state = text(event, "state");
            assertThat(state).isIn("settled", "closed");
            if (state.equals("settled")) {
                assertThat(Long.parseLong(event.getOrDefault("attempts", NONE).n()))
                        .isEqualTo(served);
            } else {
                assertThat(text(event, "tokens")).isEqualTo("estimated");
                assertThat(victim.died()).isTrue();
            }
        }
    }

    private static final AttributeValue NONE = AttributeValue.fromS("");

    private static String text(Map<String, AttributeValue> event, String name) {
        return event.getOrDefault(name, NONE).s();
    }

    private static List<String> states(FastPortal fast, Victim victim) {
        return events(fast, victim.keyId()).stream()
                .map(event -> text(event, "state"))
                .toList();
    }

    private static List<Map<String, AttributeValue>> events(FastPortal fast, String keyId) {
        DynamoDbClient client = fast.portal().dynamo().client();
        return client
                .queryPaginator(query -> query.tableName(fast.portal().tables().usage())
                        .keyConditionExpression("keyId = :key AND begins_with(entry, :request)")
                        .expressionAttributeValues(Map.of(
                                ":key", AttributeValue.fromS(keyId), ":request", AttributeValue.fromS("request#"))))
                .items()
                .stream()
                .toList();
    }

    private Victim serve(FastPortal fast, int fatal, Dies dies) throws Exception {
        String name = "kill-" + fatal + "-" + dies.name().toLowerCase(Locale.ROOT);
        long session = FIRST_SESSION + 2L * fatal + (dies == Dies.AFTER ? 1 : 0);
        String key = KeyText.make("local", random).reveal();
        fast.key(key, Map.of("keyId", name, "customer", CUSTOMER));
        fast.alias(name, Map.of(), Map.of("t", fast.onRouterA(session, "live")));
        SimulatedSession simulated = fast.portal().routers().router("router-a").session(session);
        simulated.set(FastPortal.PROMPT);
        Steps steps = new Steps(fatal, dies);
        FaultyDynamoDb tables = new FaultyDynamoDb(fast.portal().dynamo().client());
        tables.plan(steps::call);
        ApiHandler api = fast.portal().worker(tables.client()).api();
        Instant now = Instant.now();
        try {
            api.handle(ChatEvent.streamed(key, name).bytes(), now, now.plusSeconds(300), steps::begin);
        } catch (Death | IllegalStateException e) {
            assertThat(steps.died()).isTrue();
        }
        return new Victim(name, simulated, steps.died());
    }

    private static final class Death extends RuntimeException {
        Death() {
            super("dead", null, false, false);
        }
    }

    /** Counts a worker's steps, and lets it die at one of them. */
    private static final class Steps {
        private final AtomicInteger taken = new AtomicInteger();
        private final int fatal;
        private final Dies dies;

        Steps(int fatal, Dies dies) {
            this.fatal = fatal;
            this.dies = dies;
        }

        boolean died() {
            return taken.get() > fatal;
        }

        /** What is seen of routers' health is learnt beside the request. */
        Disturbance call(DynamoDbRequest request) {
            if (request.getValueForField("TableName", String.class).orElse("").contains("Health")) {
                return Disturbance.NONE;
            }
            int step = taken.getAndIncrement();
            if (step < fatal) {
                return Disturbance.NONE;
            }
            return step == fatal && dies == Dies.AFTER
                    ? new Disturbance.LosesAnswer(new Death())
                    : new Disturbance.Fails(new Death());
        }

        OutputStream begin(int status, Map<String, String> headers) {
            return new OutputStream() {
                @Override
                public void write(int b) {
                    throw new AssertionError("written byte by byte");
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                    if (taken.getAndIncrement() >= fatal) {
                        throw new Death();
                    }
                }
            };
        }
    }
}
