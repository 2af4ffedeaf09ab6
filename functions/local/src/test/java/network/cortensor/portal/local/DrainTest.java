package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.testkit.router.Gate;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.testkit.router.SimulatedSession;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A pool is drained for maintenance while customers are served: no stream is cut, nobody is turned away, and the operator knows when all are gone. */
class DrainTest {
    private static final String OLD = "drained-old";
    private static final String NEW = "drained-new";
    private static final int STREAMS = 50;
    private static final int WORKERS = STREAMS + 8;
    private static final int SESSIONS = 60;
    private static final long FIRST_SESSION = 90_001;
    private static final String TEXT = "one two three four five";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What every edit must be known after. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    @Test
    void aPoolIsDrainedUnderFiftyStreams() throws Exception {
        try (FastPortal fast = new FastPortal(WORKERS);
                HttpClient client = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<SimulatedSession> old = pools(fast);
            List<Gate> gates = old.stream().map(session -> session.holdFrom(1)).toList();
            AtOnce.run(WORKERS, Collections.nCopies(2 * WORKERS, ask(fast, client, NEW, "false")));
            List<Future<String>> begunStreams = new ArrayList<>();
            await(() -> {
                long running =
                        begunStreams.stream().filter(stream -> !stream.isDone()).count();
                LongStream.range(running, STREAMS)
                        .forEach(number -> begunStreams.add(threads.submit(ask(fast, client, OLD, "true"))));
                return inFlight(old) == STREAMS;
            });
            List<Future<String>> streams =
                    begunStreams.stream().filter(stream -> !stream.isDone()).toList();
            List<Integer> held = IntStream.range(0, SESSIONS)
                    .filter(each -> old.get(each).counts().inFlight() > 0)
                    .boxed()
                    .toList();
            IntStream.range(0, SESSIONS)
                    .filter(each -> !held.contains(each))
                    .forEach(free -> gates.get(free).open());

            PipedTerminal terminal = new PipedTerminal();
            Future<Integer> drain =
                    threads.submit(() -> new Tool(fast.portal()).run(terminal, "drain", "pool/" + OLD, "--wait"));
            await(() -> state(fast).equals("draining"));
            Instant everywhere = Instant.now().plus(BOUND);
            List<String> meanwhile = new ArrayList<>();
            while (Instant.now().isBefore(everywhere)) {
                meanwhile.add(ask(fast, client, OLD, "false").call());
            }

            long begun = begun(old);
            List<String> afterwards = AtOnce.run(4, Collections.nCopies(40, ask(fast, client, OLD, "false")));
            assertThat(begun(old))
                    .as("requests that began there after the bound")
                    .isEqualTo(begun);
            assertThat(meanwhile).isNotEmpty().containsOnly("answer");
            assertThat(afterwards).containsOnly("answer");

            held.subList(0, STREAMS - 1).forEach(each -> gates.get(each).open());
            await(() -> inFlight(old) == 1);
            await(() -> terminal.complained().contains("drain: 1 in flight"));
            assertThat(drain).as("one stream runs yet").isNotDone();
            gates.get(held.getLast()).open();

            assertThat(drain.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
            assertThat(terminal.complained()).contains("drain: " + STREAMS + " in flight", "drain: drained after");
            assertThat(streams).hasSize(STREAMS);
            for (Future<String> stream : streams) {
                assertThat(stream.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("answer");
            }
            assertThat(inFlight(old)).isZero();
        }
    }

    /** A pool that customers are routed to, and one that they fall back to. */
    private static List<SimulatedSession> pools(FastPortal fast) {
        RouterSimulator first = fast.portal().routers().router("router-a");
        RouterSimulator second = fast.portal().routers().router("router-b");
        Map<String, Map<String, Object>> oldTargets = new LinkedHashMap<>();
        Map<String, Map<String, Object>> newTargets = new LinkedHashMap<>();
        List<SimulatedSession> old = new ArrayList<>();
        LongStream.range(FIRST_SESSION, FIRST_SESSION + SESSIONS).forEach(session -> {
            old.add(first.session(session));
            second.session(session);
            oldTargets.put("a-" + session, fast.onRouterA(session, "live"));
            newTargets.put("b-" + session, fast.onRouterB(session, "live"));
        });
        fast.alias(NEW, Map.of(), newTargets);
        fast.alias(OLD, Map.of("idleSeconds", BigDecimal.valueOf(140)), oldTargets);
        fast.portal()
                .dynamo()
                .client()
                .updateItem(update -> update.tableName(fast.portal().tables().models())
                        .key(Map.of("alias", AttributeValue.fromS(OLD)))
                        .updateExpression("SET fallbackPools = :pools")
                        .expressionAttributeValues(
                                Map.of(":pools", AttributeValue.fromL(List.of(AttributeValue.fromS(NEW))))));
        return old;
    }

    private static Callable<String> ask(FastPortal fast, HttpClient client, String alias, String stream) {
        return () -> CustomerCall.outcome(
                CustomerCall.post(
                        client,
                        URI.create(fast.portal().apiUrl() + "/chat/completions"),
                        "{\"model\":\"" + alias + "\",\"stream\":" + stream
                                + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + TEXT + "\"}]}"),
                TEXT);
    }

    private static String state(FastPortal fast) {
        return String.valueOf(ItemValue.plain(Items.plain(fast.portal()
                        .dynamo()
                        .client()
                        .getItem(get -> get.tableName(fast.portal().tables().pools())
                                .consistentRead(true)
                                .key(Map.of("pool", AttributeValue.fromS(OLD))))
                        .item()))
                .get("state"));
    }

    private static int inFlight(List<SimulatedSession> sessions) {
        return sessions.stream()
                .mapToInt(session -> session.counts().inFlight())
                .sum();
    }

    /** How many tasks there ever were. */
    private static long begun(List<SimulatedSession> sessions) {
        return sessions.stream()
                .mapToLong(
                        session -> session.counts().served() + session.counts().inFlight())
                .sum();
    }

    /** Looks now and then: the cores belong to those who are waited for. */
    private static void await(BooleanSupplier wanted) {
        Instant patience = Instant.now().plus(PATIENCE);
        while (!wanted.getAsBoolean()) {
            assertThat(Instant.now()).as("patience").isBefore(patience);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
