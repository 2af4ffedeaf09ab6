package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import network.cortensor.portal.local.FailoverCase.Scenario;
import network.cortensor.portal.local.FailoverCase.Size;
import network.cortensor.portal.local.FailoverCase.Spoken;
import network.cortensor.portal.local.WallCase.Api;
import network.cortensor.portal.local.WallCase.Front;
import network.cortensor.portal.local.WallCase.Mode;
import network.cortensor.portal.testkit.router.OpenAiConfig;
import network.cortensor.portal.testkit.router.OpenAiSimulator;
import network.cortensor.portal.testkit.router.SessionCounts;
import network.cortensor.portal.testkit.router.SimulatedSession;
import org.junit.jupiter.api.Test;

/**
 * Named scenarios of failover × protocol × number of targets, through the whole product: three streamed requests, one after the other, to a pool of
 * which every target is struck, with a fallback pool behind it. Each cell has what customers saw and what it cost: attempts, and tasks that
 * routers began. The table of results is {@code failover.md}; {@code -Dportal.rewrite=true} writes it anew.
 */
class FailoverConformanceTest {
    private static final Path TABLE =
            Path.of(System.getProperty("portal.root"), "functions", "local", "src", "test", "resources", "failover.md");

    /** The fallback pool's fields. */
    private static final Map<String, Object> PATIENT = Map.of(
            "firstTokenSeconds", BigDecimal.valueOf(8),
            "attemptSeconds", BigDecimal.valueOf(12),
            "totalSeconds", BigDecimal.valueOf(80));

    private static final int REQUESTS = 3;
    private static final int AT_ONCE = 8;
    private static final long FIRST_SESSION = 40_000;
    private static final int SESSIONS_PER_CASE = 4;

    /** What became of a case. */
    private record Result(FailoverCase tried, List<String> seen, int attempts, long tasks) {
        String cells() {
            return String.join("; ", seen) + " | " + attempts + " | " + tasks;
        }
    }

    @Test
    void everyScenarioLooksAndCostsAsTheTableSays() throws Exception {
        List<FailoverCase> cases = cases();
        List<Result> results;
        try (FastPortal fast = new FastPortal(16);
                OpenAiSimulator openAi =
                        OpenAiSimulator.start(OpenAiConfig.serving(IntStream.range(0, cases.size() * SESSIONS_PER_CASE)
                                        .mapToObj(number -> model(number))
                                        .toArray(String[]::new))
                                .withSettings(FastPortal.PROMPT));
                HttpClient client = HttpClient.newHttpClient()) {
            needsNoKey(fast, openAi.url());
            fast.warmUp();
            List<Callable<Result>> runs = new ArrayList<>();
            for (FailoverCase each : cases) {
                int number = runs.size();
                URI dead = deadPort();
                needsNoKey(fast, dead);
                runs.add(() -> new Stage(fast, client, openAi, dead, number, each).run());
            }
            results = AtOnce.run(AT_ONCE, runs);
        }

        assertThat(results)
                .filteredOn(result -> result.tried().scenario().rescued())
                .allSatisfy(result ->
                        assertThat(result.seen()).as("%s", result.tried()).containsExactly("3 × answer"));
        String table = table(results);
        if (Boolean.getBoolean("portal.rewrite")) {
            Files.writeString(TABLE, table);
        }
        assertThat(table).isEqualTo(Files.readString(TABLE));
    }

    private static List<FailoverCase> cases() {
        List<FailoverCase> cases = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            for (Spoken protocol : Spoken.values()) {
                for (Size size : Size.values()) {
                    cases.add(new FailoverCase(scenario, protocol, size));
                }
            }
        }
        return cases;
    }

    private static String model(long number) {
        return "model-" + number;
    }

    private static void needsNoKey(FastPortal fast, URI url) {
        fast.portal().parameters().put("/portal/local/routers/localhost_" + url.getPort() + "/key", "none");
    }

    /** Nobody listens there. */
    private static URI deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://localhost:" + socket.getLocalPort());
        }
    }

    /** One case with its own alias, pools, targets and sessions. */
    private record Stage(
            FastPortal fast, HttpClient client, OpenAiSimulator openAi, URI dead, int number, FailoverCase tried) {

        Result run() throws Exception {
            String alias = "failover-" + number;
            Map<String, Map<String, Object>> targets = new LinkedHashMap<>();
            for (int target = 0; target < tried.size().targets(); target++) {
                session(target).set(tried.struck(target));
                Map<String, Object> fields = target(target, tried.scenario().deadPort());
                if (tried.scenario().once() && target > 0) {
                    fields.put("state", "degraded");
                }
                targets.put("t" + target, fields);
            }
            int last = SESSIONS_PER_CASE - 1;
            session(last).set(tried.fallback());
            fast.alias(alias + "-spare", PATIENT, Map.of("spare", target(last, false)));
            fast.alias(alias, tried.times(), targets);
            fast.fallback(alias, alias + "-spare");
            List<String> seen = new ArrayList<>();
            for (int request = 0; request < REQUESTS; request++) {
                var response = CustomerCall.post(
                        client,
                        fast.base(Front.API_GATEWAY).resolve(Api.CHAT.path()),
                        Api.CHAT.body(alias, Mode.STREAMED));
                seen.add(CustomerCall.outcome(response, WallCase.TEXT));
            }
            int attempts = (int) fast.lines("attempt").stream()
                    .filter(line -> alias.equals(line.keys().get("alias")))
                    .count();
            long tasks = IntStream.range(0, SESSIONS_PER_CASE)
                    .mapToObj(this::session)
                    .map(SimulatedSession::counts)
                    .mapToLong(SessionCounts::served)
                    .sum();
            return new Result(tried, counted(seen), attempts, tasks);
        }

        private SimulatedSession session(int index) {
            return switch (tried.protocol()) {
                case CORTENSOR -> fast.portal().routers().router("router-a").session(id(index));
                case OPENAI -> openAi.session(model(index(index)));
            };
        }

        private Map<String, Object> target(int index, boolean nobodyThere) {
            Map<String, Object> target = new LinkedHashMap<>(
                    switch (tried.protocol()) {
                        case CORTENSOR -> fast.onRouterA(id(index), "live");
                        case OPENAI ->
                            Map.of(
                                    "protocol",
                                    "openai",
                                    "routerUrl",
                                    "http://localhost:" + openAi.url().getPort(),
                                    "upstreamModel",
                                    model(index(index)),
                                    "capacity",
                                    BigDecimal.valueOf(8),
                                    "state",
                                    "live");
                    });
            if (nobodyThere) {
                target.put("routerUrl", dead.toString());
            }
            return target;
        }

        private long id(int index) {
            return FIRST_SESSION + index(index);
        }

        private int index(int index) {
            return number * SESSIONS_PER_CASE + index;
        }

        /** Equal outcomes as one. */
        private static List<String> counted(List<String> seen) {
            return seen.stream()
                    .collect(Collectors.groupingBy(outcome -> outcome, LinkedHashMap::new, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .map(outcome -> outcome.getValue() + " × " + outcome.getKey())
                    .toList();
        }
    }

    private static String table(List<Result> results) {
        return """
                # Failover conformance

                Three streamed requests, one after the other, to a pool of which every target is struck, with a fallback pool behind it: what customers
                saw, and what it cost in attempts and in tasks that routers began. A `cortensor` target has one slot, an `openai` one eight. What
                breaks after its first token stays broken: another target's answer cannot go on where the first one ended. Only `streaming: buffered`
                rescues it, because nothing was sent yet. Kept by `FailoverConformanceTest`.

                | scenario | protocol | targets | customers saw | attempts | tasks |
                |---|---|---|---|---|---|
                """
                + results.stream()
                        .map(result -> "| " + result.tried().scenario().word() + " | "
                                + result.tried().protocol().name().toLowerCase(Locale.ROOT) + " | "
                                + result.tried().size().targets() + " | " + result.cells() + " |\n")
                        .collect(Collectors.joining());
    }
}
