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
import network.cortensor.portal.local.WallCase.Api;
import network.cortensor.portal.local.WallCase.Front;
import network.cortensor.portal.local.WallCase.Mode;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.testkit.router.OpenAiConfig;
import network.cortensor.portal.testkit.router.OpenAiSimulator;
import network.cortensor.portal.testkit.router.SessionCounts;
import network.cortensor.portal.testkit.router.SimulatedSession;
import org.junit.jupiter.api.Test;

/**
 * Named scenarios of failover × protocol × number of targets and slots, through the whole product: streamed requests, one after the other, to a pool of
 * which every target is struck, with a fallback pool behind it. Each cell has what customers saw and what it cost: attempts, the seconds that were waited in vain,
 * and tasks that routers began. The table of results is {@code failover.md}; {@code -Dportal.rewrite=true} writes it anew.
 */
class FailoverConformanceTest {
    private static final Path TABLE =
            Path.of(System.getProperty("portal.root"), "functions", "local", "src", "test", "resources", "failover.md");

    /** The fallback pool's fields. */
    private static final Map<String, Object> PATIENT = Map.of(
            "firstTokenSeconds", BigDecimal.valueOf(8),
            "attemptSeconds", BigDecimal.valueOf(12),
            "totalSeconds", BigDecimal.valueOf(80));

    private static final int AT_ONCE = 8;
    private static final long FIRST_SESSION = 40_000;
    private static final int SESSIONS_PER_CASE = 5;

    /** What became of a case. */
    private record Result(FailoverCase tried, List<String> seen, Cost cost) {
        String row() {
            return "| " + tried.scenario().word() + " | "
                    + tried.protocol().name().toLowerCase(Locale.ROOT) + " | "
                    + tried.targets() + " × " + tried.capacity() + " | " + String.join("; ", seen) + " | "
                    + cost.text(tried) + " |\n";
        }
    }

    /**
     * What a case took.
     *
     * @param waited seconds for what never came
     */
    private record Cost(int attempts, BigDecimal waited, long tasks) {
        /** Bounds, where it is a matter of the draw and of the machine's speed how often a target is tried before it is left alone. */
        String text(FailoverCase tried) {
            int vain = tried.triesInVain();
            int most = tried.requests() + vain;
            return tried.leavesTargetsAlone() && attempts <= most
                    ? "≤ " + most + " | "
                            + (waited.signum() == 0
                                    ? "0 | " + tasks
                                    : "≤ " + plain(tried.patience().multiply(BigDecimal.valueOf(vain))) + " | ≤ "
                                            + most)
                    : attempts + " | " + plain(waited) + " | " + tasks;
        }

        private static String plain(BigDecimal seconds) {
            return seconds.stripTrailingZeros().toPlainString();
        }
    }

    @Test
    void everyScenarioLooksAndCostsAsTheTableSays() throws Exception {
        List<FailoverCase> cases = FailoverCase.all();
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
                .allSatisfy(result -> assertThat(result.seen())
                        .as("%s", result.tried())
                        .allMatch(outcome -> outcome.endsWith("× answer") || outcome.endsWith(OTHERS_ANSWER)));
        String table = table(results);
        if (Boolean.getBoolean("portal.rewrite")) {
            Files.writeString(TABLE, table);
        }
        assertThat(table).isEqualTo(Files.readString(TABLE));
    }

    private static final String OTHERS_ANSWER = "answer of the other model";

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
            Map<String, Map<String, Object>> targets = new LinkedHashMap<>();
            for (int target = 0; target < tried.targets(); target++) {
                session(target).set(tried.struck(target));
                Map<String, Object> fields = target(target, tried.scenario().deadPort());
                if (tried.scenario().once() && target > 0) {
                    fields.put("state", "degraded");
                }
                targets.put("t" + target, fields);
            }
            fast.alias(alias(), tried.times(), targets);
            spare();
            fast.fallback(alias(), alias() + "-spare");
            List<String> seen = new ArrayList<>();
            for (int request = 0; request < tried.requests(); request++) {
                seen.add(ask());
            }
            if (tried.scenario().otherModel()) {
                otherAnswersAreCounted(
                        seen.stream().filter(OTHERS_ANSWER::equals).count());
            }
            return new Result(tried, counted(seen), cost());
        }

        private String alias() {
            return "failover-" + number;
        }

        private String otherModel() {
            return alias() + "-other";
        }

        /** The pool that is left, of one target. */
        private void spare() {
            int last = SESSIONS_PER_CASE - 1;
            session(last).set(tried.fallback());
            Map<String, Object> fields = new LinkedHashMap<>(PATIENT);
            if (tried.scenario().otherModel()) {
                fast.model(otherModel(), Map.of("contextLength", BigDecimal.valueOf(32_768)));
                fields.put("servesModel", otherModel());
            }
            fast.alias(alias() + "-spare", fields, Map.of("spare", target(last, false)));
        }

        private String ask() throws Exception {
            var response = CustomerCall.post(
                    client,
                    fast.base(Front.API_GATEWAY).resolve(Api.CHAT.path()),
                    Api.CHAT.body(alias(), Mode.STREAMED));
            String outcome = CustomerCall.outcome(response, WallCase.TEXT);
            boolean other = response.body().contains("\"model\":\"" + otherModel() + "\"");
            return other && outcome.equals("answer") ? OTHERS_ANSWER : outcome;
        }

        /** By the log, and by the records of usage. */
        private void otherAnswersAreCounted(long answers) {
            List<Map<String, Object>> settled = fast.usage(alias(), tried.requests());
            assertThat(settled)
                    .filteredOn(record -> otherModel().equals(record.get("servedModel")))
                    .hasSize((int) answers);
            assertThat(fast.lines("request"))
                    .filteredOn(line -> otherModel().equals(line.keys().get("served_model")))
                    .hasSize((int) answers);
        }

        /** A request's line comes when its customer has the answer, and the line of its last attempt when its slot is free besides. */
        private Cost cost() throws InterruptedException {
            int made = fast
                    .lines()
                    .await(
                            tried.requests(),
                            line -> line.event().equals("request")
                                    && alias().equals(line.dimensions().get("alias")))
                    .stream()
                    .mapToInt(line -> ((Number) line.keys().getOrDefault("attempts", 0)).intValue())
                    .sum();
            List<Line> attempts = fast.lines()
                    .await(
                            made,
                            line -> line.event().equals("attempt")
                                    && alias().equals(line.keys().get("alias")));
            long inVain = attempts.stream()
                    .filter(line -> String.valueOf(line.keys().get("outcome")).startsWith("deadline"))
                    .count();
            long tasks = IntStream.range(0, SESSIONS_PER_CASE)
                    .mapToObj(this::session)
                    .map(SimulatedSession::counts)
                    .mapToLong(SessionCounts::served)
                    .sum();
            BigDecimal waited = tried.patience().multiply(BigDecimal.valueOf(inVain));
            return new Cost(attempts.size(), waited, tasks);
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
                                    "state",
                                    "live");
                    });
            target.put("capacity", BigDecimal.valueOf(tried.capacity()));
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

                Streamed requests, one after the other, to a pool of which every target is struck, with a fallback pool behind it: what customers saw,
                and what it cost in attempts, in seconds that were waited in vain (for a first token, the next one, or a whole answer: 1.5 s of patience each, 1.8 s
                where buffered), and in tasks that routers began. *Targets* are given with the slots of each. What breaks after its first token stays broken: another
                target's answer cannot go on where the first one ended. Only `streaming: buffered` rescues it, because nothing was sent yet. A `cortensor` target that
                may still work on keeps its slot, and is asked no more. Where the draw and the
                machine's speed decide how often a target is tried, a bound stands. Kept by `FailoverConformanceTest`.

                | scenario | protocol | targets | customers saw | attempts | waited | tasks |
                |---|---|---|---|---|---|---|
                """ + results.stream().map(Result::row).collect(Collectors.joining());
    }
}
