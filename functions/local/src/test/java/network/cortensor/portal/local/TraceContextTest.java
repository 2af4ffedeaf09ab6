package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import network.cortensor.portal.local.WallCase.Api;
import network.cortensor.portal.local.WallCase.Front;
import network.cortensor.portal.local.WallCase.Mode;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.testkit.PeerPause;
import network.cortensor.portal.testkit.http.PeerRequest;
import network.cortensor.portal.testkit.router.OpenAiConfig;
import network.cortensor.portal.testkit.router.OpenAiSimulator;
import network.cortensor.portal.testkit.router.RouterConfig;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.testkit.router.SimulatorSurroundings;
import org.junit.jupiter.api.Test;

/** A customer's trace stands in the request's line, through both fronts, and nothing of it or of what travels beside it reaches a router. */
class TraceContextTest {
    private static final String CANARY = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String GOOD = "00-" + CANARY + "-00f067aa0ba902b7-01";

    /** Every one of these headers names the customer's request, or something that belongs to it. */
    private static final List<String> BESIDE = List.of(
            "tracestate",
            "baggage",
            "b3",
            "x-b3-traceid",
            "uber-trace-id",
            "x-cloud-trace-context",
            "x-datadog-trace-id",
            "x-request-id",
            "cookie",
            "user-agent");

    /** @param named whether the request's line has the trace */
    private record Sent(List<String> traceParents, boolean named) {}

    private static final List<Sent> FORMS = List.of(
            new Sent(List.of(), false),
            new Sent(List.of(GOOD), true),
            new Sent(List.of("01" + GOOD.substring(2) + "-what-is-new"), true),
            new Sent(List.of(GOOD, GOOD), false),
            new Sent(List.of(GOOD, "00-" + CANARY + "-00f067aa0ba902b7-00"), false),
            new Sent(List.of("ff" + GOOD.substring(2)), false),
            new Sent(List.of(GOOD + "-" + CANARY), false),
            new Sent(List.of("00-" + "0".repeat(32) + "-00f067aa0ba902b7-01"), false),
            new Sent(List.of(GOOD.toUpperCase(Locale.ROOT)), false),
            new Sent(List.of("01" + GOOD.substring(2) + "-" + CANARY.repeat(200)), true),
            new Sent(List.of(""), false));

    private final Queue<PeerRequest> received = new ConcurrentLinkedQueue<>();
    private final SimulatorSurroundings heard =
            new SimulatorSurroundings(PeerPause.REAL, InstantSource.system(), received::add);

    @Test
    void aTraceIsNamedInTheRequestsLineAndReachesNoRouter() throws Exception {
        try (FastPortal fast = new FastPortal(2);
                RouterSimulator router = RouterSimulator.start(
                        RouterConfig.DEFAULT.withSurroundings(heard).withSettings(FastPortal.PROMPT));
                OpenAiSimulator openAi = OpenAiSimulator.start(
                        OpenAiConfig.serving("m").withSurroundings(heard).withSettings(FastPortal.PROMPT));
                HttpClient client = HttpClient.newHttpClient()) {
            alias(fast, "cortensor", router.url(), Map.of("sessionId", BigDecimal.valueOf(7)));
            alias(
                    fast,
                    "openai",
                    openAi.url(),
                    Map.of("protocol", "openai", "upstreamModel", "m", "capacity", "unlimited"));

            for (Front front : Front.values()) {
                for (String alias : List.of("cortensor", "openai")) {
                    for (Sent sent : FORMS) {
                        ask(fast, client, fast.base(front), alias, sent);
                    }
                }
            }

            assertThat(received)
                    .hasSizeGreaterThanOrEqualTo(2 * 2 * FORMS.size())
                    .allSatisfy(TraceContextTest::knowsNothing);
            assertThat(fast.log()).doesNotContain("canary");
            assertThat(collected()).hasSizeGreaterThan(5).isSubsetOf(written(fast, client));
        }
    }

    /** What the operators' document lets a collector read. */
    private static Set<String> collected() {
        return Pattern.compile("attributes\\[\"([^\"]+)\"]|\\{key: ([a-z_.]+)")
                .matcher(DocumentBlocks.text(Path.of("catalog-seed", "README.md")))
                .results()
                .map(name -> name.group(1) == null ? name.group(2) : name.group(1))
                .collect(Collectors.toSet());
    }

    /** What stands in the lines of requests, of which the last one fails. */
    private static Set<String> written(FastPortal fast, HttpClient client) throws Exception {
        CustomerCall.post(client, fast.base(Front.API_GATEWAY).resolve(Api.CHAT.path()), "{}", "no key");
        fast.lines().await(1, line -> line.keys().containsKey("error.type"));
        Set<String> names = fast.lines("request").stream()
                .flatMap(line -> line.keys().keySet().stream())
                .collect(Collectors.toCollection(HashSet::new));
        names.add("event");
        return names;
    }

    private static void alias(FastPortal fast, String name, URI url, Map<String, Object> more) {
        fast.portal().parameters().put("/portal/local/routers/" + url.getHost() + "_" + url.getPort() + "/key", "none");
        Map<String, Object> target = new HashMap<>(more);
        target.put("routerUrl", url.toString());
        target.put("state", "live");
        fast.alias(name, Map.of(), Map.of("t", target));
    }

    private static void ask(FastPortal fast, HttpClient client, URI base, String alias, Sent sent) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(Api.CHAT.path()))
                .header("authorization", "Bearer " + FastPortal.anyKey())
                .POST(HttpRequest.BodyPublishers.ofString(Api.CHAT.body(alias, Mode.STREAMED)));
        sent.traceParents().forEach(value -> request.header("traceparent", value));
        BESIDE.forEach(name -> request.header(name, "canary=" + CANARY));

        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as("%s: %s", sent, answer.body()).isEqualTo(200);
        assertThat(answer.headers().map().keySet()).doesNotContain("traceparent", "tracestate", "baggage");
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        assertThat(id).startsWith("req_");
        Line line = fast.lines()
                .await(
                        1,
                        one -> one.event().equals("request")
                                && id.equals(one.keys().get("request_id")))
                .getFirst();
        assertThat(line.keys().get("trace_id")).as("%s at %s", sent, base).isEqualTo(sent.named() ? CANARY : null);
    }

    private static void knowsNothing(PeerRequest request) {
        String all =
                request.method() + " " + request.path() + "?" + request.query() + request.headers() + request.body();
        assertThat(all.toLowerCase(Locale.ROOT)).doesNotContain(CANARY, "canary", "traceparent", "00f067aa0ba902b7");
        assertThat(request.headers().keySet())
                .doesNotContainAnyElementsOf(BESIDE.stream()
                        .filter(name -> !name.equals("user-agent"))
                        .toList());
    }
}
