package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import network.cortensor.portal.local.WallCase.Api;
import network.cortensor.portal.local.WallCase.Front;
import network.cortensor.portal.local.WallCase.Mode;
import network.cortensor.portal.local.WallCase.Scope;
import network.cortensor.portal.testkit.router.Fault;
import network.cortensor.portal.testkit.router.SessionCounts;
import network.cortensor.portal.testkit.router.SessionSettings;
import org.junit.jupiter.api.Test;

/**
 * Every fault of a router × endpoint × streamed or not × one target or all × both fronts, through the whole product. The table of results is
 * {@code fault-wall.md}; {@code -Dportal.rewrite=true} writes it anew. No byte of an upstream's own text may reach a customer or a log, and
 * no prompt, answer or key a log.
 */
class FaultWallTest {
    private static final Path TABLE = Path.of(
            System.getProperty("portal.root"), "functions", "local", "src", "test", "resources", "fault-wall.md");

    /** Fewer than workers, so that no case waits for another. */
    private static final int AT_ONCE = 12;

    private static final long FIRST_SESSION = 10_000;
    private static final long SESSIONS_PER_TRY = 10_000;
    private static final int TRIES = 3;

    /** Planted by the simulators wherever an upstream can put text of its own. */
    private static final String CANARY = "canary-7f3a";

    /** What became of a case. */
    private record Result(WallCase tried, String outcome, SessionCounts counts, boolean leaks) {
        /** Whether the faulty session got a request: on a busy machine a slow table may keep all of them away, which says nothing of the fault. */
        boolean asked() {
            return counts.served() > 0;
        }

        /** The faulty session got its request once, and nothing was ever resent. */
        boolean good() {
            return outcome.equals(tried.expected())
                    && counts.served() == 1
                    && (counts.faultsHit() > 0) == tried.strikes()
                    && !leaks;
        }
    }

    @Test
    void everyFaultLooksToTheCustomerAsTheTableSays() throws Exception {
        List<Result> results;
        try (FastPortal fast = new FastPortal(new LocalServing.SingleEnvironments(16), InstantSource.system());
                HttpClient client = HttpClient.newHttpClient()) {
            fast.warmUp();
            List<Callable<Result>> runs = new ArrayList<>();
            for (WallCase each : cases()) {
                long session = FIRST_SESSION + runs.size();
                runs.add(() -> repeat(fast, client, each, session));
            }
            results = AtOnce.run(AT_ONCE, runs);
            assertThat(fast.log()).doesNotContain(CANARY, "bravo", "ctk_local", "key-of-");
        }

        assertThat(results)
                .allSatisfy(result -> assertThat(result)
                        .as("%s, expected: %s", result.tried(), result.tried().expected())
                        .matches(Result::good));
        String table = table(results);
        if (Boolean.getBoolean("portal.rewrite")) {
            Files.writeString(TABLE, table);
        }
        assertThat(table).isEqualTo(Files.readString(TABLE));
    }

    private static Result repeat(FastPortal fast, HttpClient client, WallCase each, long session) throws Exception {
        Result result = run(fast, client, each, session);
        for (int tries = 1; tries < TRIES && !result.asked(); tries++) {
            result = run(fast, client, each, session + tries * SESSIONS_PER_TRY);
        }
        return result;
    }

    private static Result run(FastPortal fast, HttpClient client, WallCase each, long session) throws Exception {
        var a = fast.portal().routers().router("router-a").session(session);
        var b = fast.portal().routers().router("router-b").session(session);
        SessionSettings faulty = each.faulty().withCanary(CANARY);
        a.set(faulty);
        b.set(each.scope() == Scope.ALL ? faulty : FastPortal.PROMPT.withCanary(CANARY));
        String alias = "wall-" + session;
        fast.alias(
                alias,
                each.times(),
                Map.of("a", fast.onRouterA(session, "live"), "b", fast.onRouterB(session, "degraded")));
        URI base = fast.base(each.front());
        var response = CustomerCall.post(
                client, base.resolve(each.api().path()), each.api().body(alias, each.mode()));
        String bytes = response.headers().map() + response.body();
        return new Result(each, CustomerCall.outcome(response, WallCase.TEXT), a.counts(), bytes.contains(CANARY));
    }

    private static List<WallCase> cases() {
        List<WallCase> cases = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            for (Scope scope : Scope.values()) {
                for (Mode mode : Mode.values()) {
                    for (Api api : Api.values()) {
                        for (Front front : api.fronts()) {
                            cases.add(new WallCase(fault, scope, mode, api, front));
                        }
                    }
                }
            }
        }
        return cases;
    }

    private static String table(List<Result> results) {
        List<String> columns = Arrays.stream(Api.values())
                .flatMap(api -> api.fronts().stream()
                        .map(front -> new WallCase(Fault.NONE, Scope.ALL, Mode.WHOLE, api, front).column()))
                .toList();
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        results.forEach(result -> rows.computeIfAbsent(result.tried().row(), row -> new LinkedHashMap<>())
                .put(result.tried().column(), result.outcome()));
        String body = rows.entrySet().stream()
                .map(row -> "| " + row.getKey() + " | "
                        + columns.stream().map(row.getValue()::get).collect(Collectors.joining(" | ")) + " |\n")
                .collect(Collectors.joining());
        return """
                # The fault wall

                What a customer sees of each fault of a router, through the whole product. The faulty target is always tried first; with
                "one of two" a healthy one is left. Kept by `FaultWallTest`.

                """
                + "| fault | targets | asked | " + String.join(" | ", columns) + " |\n"
                + "|" + "---|".repeat(3 + columns.size()) + "\n" + body;
    }
}
