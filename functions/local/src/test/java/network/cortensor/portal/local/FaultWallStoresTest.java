package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.inference.InferenceHandler;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.SlotsUnavailable;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import network.cortensor.portal.testkit.router.SessionCounts;
import network.cortensor.portal.testkit.router.SimulatedSession;
import network.cortensor.portal.usage.UsageUnavailable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * A fault of the routers and one of the stores in the same request: every kind of the former × every one of the latter, streamed and whole. The
 * table of results is {@code fault-wall-stores.md}; {@code -Dportal.rewrite=true} writes it anew. Each case has a worker with empty caches, sessions
 * whose slots are free, and a customer of its own, so that nothing but its two faults decides.
 */
class FaultWallStoresTest {
    private static final Path TABLE = Path.of(
            System.getProperty("portal.root"),
            "functions",
            "local",
            "src",
            "test",
            "resources",
            "fault-wall-stores.md");

    private static final int AT_ONCE = 16;
    private static final long FIRST_SESSION = 200_000;

    /** A busy machine may keep a request from a fault: a case in which it was not met says nothing. */
    private static final int TRIES = 4;

    /** What becomes of a customer's request. */
    private static final List<String> DOCUMENTED = List.of(
            "answer",
            "one error event",
            "502 upstream_error",
            "503 service_unavailable",
            "503 model_overloaded",
            "504 upstream_timeout");

    private final AtomicLong sessions = new AtomicLong(FIRST_SESSION);
    private final SplittableRandom random = new SplittableRandom(11);

    /** The two sessions of a case. */
    private record Sessions(long number, SimulatedSession a, SimulatedSession b) {
        List<SessionCounts> counts() {
            return List.of(a.counts(), b.counts());
        }

        long served() {
            return counts().stream().mapToLong(SessionCounts::served).sum();
        }
    }

    /** What became of a case, as the table has it, and whether its faults were met. */
    private record Result(StoreWallCase tried, Shown shown, boolean met, String broken) {}

    /** A line of the table. */
    private record Shown(String customer, String asked, String slots, String evidence, String usage) {
        String line(StoreWallCase tried) {
            return Stream.of(
                            tried.router().word(),
                            tried.store().word(),
                            tried.mode().name().toLowerCase(Locale.ROOT),
                            customer,
                            asked,
                            slots,
                            evidence,
                            usage)
                    .collect(Collectors.joining(" | ", "| ", " |\n"));
        }
    }

    @Test
    void twoFaultsAtOnceLookAsTheTableSays() throws Exception {
        List<Result> results;
        try (FastPortal fast = new FastPortal(1);
                SsmClient parameters = fast.portal().parameterStore()) {
            fast.warmUp();
            List<Callable<Result>> runs = StoreWallCase.all().stream()
                    .map(each -> (Callable<Result>) () -> repeat(fast, parameters, each))
                    .toList();
            results = AtOnce.run(AT_ONCE, runs);
        }

        assertThat(results).allSatisfy(result -> {
            assertThat(result.met()).as("faults of %s were met", result).isTrue();
            assertThat(result.broken()).as("%s", result).isEmpty();
            assertThat(DOCUMENTED).contains(result.shown().customer());
        });
        String table = table(results);
        if (Boolean.getBoolean("portal.rewrite")) {
            Files.writeString(TABLE, table);
        }
        assertThat(table).isEqualTo(Files.readString(TABLE));
    }

    private Result repeat(FastPortal fast, SsmClient parameters, StoreWallCase each) throws Exception {
        Result result = run(fast, parameters, each);
        for (int tries = 1; tries < TRIES && !result.met(); tries++) {
            result = run(fast, parameters, each);
        }
        return result;
    }

    private Result run(FastPortal fast, SsmClient parameters, StoreWallCase each) throws Exception {
        long number = sessions.getAndIncrement();
        String name = "stores-" + number;
        Sessions both = new Sessions(
                number,
                fast.portal().routers().router("router-a").session(number),
                fast.portal().routers().router("router-b").session(number));
        both.a().set(each.onWall().faulty());
        both.b().set(each.onWall().faulty());
        fast.alias(
                name,
                each.times(),
                Map.of("a", fast.onRouterA(number, "live"), "b", fast.onRouterB(number, "degraded")));
        String key = key(fast, name);

        StoreFault.Begun fault = each.store().begin(fast.portal().tables());
        DynamoDbClient dynamo = fast.portal().dynamo().client();
        InferenceHandler worker =
                fast.portal().worker(fault.over(new FaultyDynamoDb(dynamo)).client(), fault.over(parameters));
        String outcome = ask(worker, new ChatEvent(key, each.body(name)));
        fault.land();

        List<Lease> kept = kept(fast, both);
        return new Result(
                each,
                new Shown(outcome, asked(both), slots(kept), evidence(fast, name), usage(fast, name)),
                met(each, fault, both),
                broken(kept, both));
    }

    private String key(FastPortal fast, String name) {
        String key;
        synchronized (random) {
            key = KeyText.make(LocalPortal.ENVIRONMENT, random).reveal();
        }
        fast.key(key, Map.of("keyId", name, "customer", name));
        return key;
    }

    /** Whether both faults were met, as far as they can be: where nothing is released there is no release to lose. */
    private static boolean met(StoreWallCase each, StoreFault.Begun fault, Sessions both) {
        boolean store = each.store().mayPass() || fault.met();
        long hit = both.counts().stream().mapToLong(SessionCounts::faultsHit).sum();
        boolean router = each.store().bars()
                ? both.served() == 0
                : both.served() > 0 && (hit > 0) == each.onWall().strikes();
        return store && router;
    }

    /** What must never be: two tasks at once on a session, or a free slot while the session works. */
    private static String broken(List<Lease> kept, Sessions both) {
        for (SessionCounts counts : both.counts()) {
            if (counts.maxInFlight() > 1) {
                return "two tasks at once";
            }
        }
        long working =
                both.counts().stream().filter(counts -> counts.inFlight() > 0).count();
        return working > kept.size() ? "a free slot of a working session" : "";
    }

    private static String ask(InferenceHandler worker, ChatEvent event) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Map<String, String> headers = new HashMap<>();
        int[] status = new int[1];
        Instant now = Instant.now();
        worker.api().handle(event.bytes(), now, now.plusSeconds(300), (code, sent) -> {
            status[0] = code;
            headers.putAll(sent);
            return body;
        });
        worker.witness().finish();
        return CustomerCall.outcome(
                status[0],
                headers.getOrDefault("content-type", ""),
                body.toString(StandardCharsets.UTF_8),
                WallCase.TEXT);
    }

    private static String asked(Sessions both) {
        return named(both.a().counts().served() > 0, both.b().counts().served() > 0);
    }

    private static List<Lease> kept(FastPortal fast, Sessions both) throws SlotsUnavailable {
        DynamoSlotTable table = new DynamoSlotTable(
                fast.portal().dynamo().client(), fast.portal().tables().sessionSlots());
        String id = Long.toString(both.number());
        return Stream.concat(
                        table.rows(router(fast, "router-a")).stream(), table.rows(router(fast, "router-b")).stream())
                .filter(lease -> lease.session().id().equals(id))
                .toList();
    }

    private static String router(FastPortal fast, String name) {
        return URI.create(fast.portal().routers().urls().getOrDefault(name, "")).getAuthority();
    }

    private static String slots(List<Lease> kept) {
        return kept.isEmpty() ? "free" : "kept: " + kept.size();
    }

    private static String named(boolean a, boolean b) {
        if (a && b) {
            return "a, b";
        }
        if (a) {
            return "a";
        }
        return b ? "b" : "nobody";
    }

    private static String evidence(FastPortal fast, String pool) throws HealthUnavailable {
        Map<String, TargetHealth> health = new DynamoHealth(
                        fast.portal().dynamo().client(), fast.portal().tables(), new SplittableRandom(1))
                .pool(pool);
        String shown = health.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + " " + evidence(each.getValue()))
                .collect(Collectors.joining(", "));
        return shown.isEmpty() ? "none" : shown;
    }

    private static String evidence(TargetHealth health) {
        return health.latest()
                .failure()
                .map(failure -> failure.kind())
                .orElse(health.latest().success().isPresent() ? "served" : "nothing");
    }

    /** The event of the request, and the places that it still has. */
    private static String usage(FastPortal fast, String keyId) throws UsageUnavailable {
        DynamoDbClient client = fast.portal().dynamo().client();
        String table = fast.portal().tables().usage();
        String events = client
                .queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("keyId = :key AND begins_with(entry, :request)")
                        .expressionAttributeValues(Map.of(
                                ":key", AttributeValue.fromS(keyId), ":request", AttributeValue.fromS("request#"))))
                .items()
                .stream()
                .map(FaultWallStoresTest::event)
                .collect(Collectors.joining(", "));
        int open = new DynamoUsageTable(client, table, problems -> {})
                .counters(keyId)
                .key(keyId)
                .open()
                .size();
        return (events.isEmpty() ? "no event" : events) + (open == 0 ? "" : ", " + open + " in flight");
    }

    private static String event(Map<String, AttributeValue> item) {
        String state = text(item, "state");
        return state.equals("settled")
                ? "settled " + text(item, "status") + " after " + text(item, "attempts") + ", " + text(item, "tokens")
                : state + ", " + text(item, "tokens");
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.getOrDefault(name, AttributeValue.fromS("?"));
        return value.n() == null ? value.s() : value.n();
    }

    private static String table(List<Result> results) {
        return """
                # The fault wall with stores

                What a fault of the routers and one of the stores make of the same request. Both targets of the alias, `a` and `b`, have the router's
                fault; the stores' is the worker's own. The slots of both sessions are free before.

                - **customer**: what the customer gets.
                - **asked**: which of the targets got a request.
                - **slots**: how many of the two sessions' slots are kept when the request is over. A kept one comes back when it expires.
                - **evidence**: what the table of health says of the targets afterwards, if anything.
                - **usage**: the request's event: its state, the status and the number of attempts, and how its tokens were counted; and whether
                  the request still has its place in flight. What is open and in flight is closed when it counts as abandoned.

                Kept by `FaultWallStoresTest`.

                | router | stores | asked for | customer | asked | slots | evidence | usage |
                |---|---|---|---|---|---|---|---|
                """
                + results.stream()
                        .map(result -> result.shown().line(result.tried()))
                        .collect(Collectors.joining());
    }
}
