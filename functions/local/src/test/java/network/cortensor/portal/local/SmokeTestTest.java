package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import network.cortensor.portal.smoke.DeploymentUrls;
import network.cortensor.portal.smoke.Finding;
import network.cortensor.portal.smoke.SmokeTest;
import network.cortensor.portal.smoke.SmokeTestMain;
import network.cortensor.portal.smoke.Volley;
import network.cortensor.portal.testkit.router.Gate;
import network.cortensor.portal.testkit.wire.Headers;
import network.cortensor.portal.testkit.wire.ServerExchange;
import network.cortensor.portal.testkit.wire.WireServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The deployers' smoke test, run on the product: it must pass there, and must not where something on the way buffers. */
@Timeout(120)
class SmokeTestTest {
    private static final long SESSION = 61_000;
    private static final String MODEL = "smoked";
    private static final String KEY = FastPortal.KEY;

    private static FastPortal fast;

    @BeforeAll
    static void start() throws Exception {
        fast = new FastPortal(2);
        fast.alias(MODEL, Map.of(), Map.of("a", fast.onRouterA(SESSION, "live")));
    }

    @AfterAll
    static void end() {
        fast.close();
    }

    /** Time passes when the smoke test looks at it, and only then the router says its next word, being a few ahead. */
    private static final class WordByWord implements InstantSource {
        private static final int AHEAD = 3;

        private Instant now = Instant.EPOCH;
        private int words;
        private Gate gate = gate();

        private static Gate gate() {
            return fast.portal().routers().router("router-a").session(SESSION).holdFrom(1);
        }

        @Override
        public Instant instant() {
            now = now.plusMillis(100);
            words++;
            gate.openUpTo(AHEAD + words);
            return now;
        }

        /** A whole answer comes at once; each stream after it word by word. */
        void after(Finding finding) {
            words = 0;
            gate = gate();
            if (finding.check().equals("no key")) {
                gate.open();
            }
        }
    }

    @Test
    void tokensThatArriveOneByOnePassThroughBothFronts() throws InterruptedException {
        WordByWord clock = new WordByWord();
        DeploymentUrls endpoints = new DeploymentUrls(fast.portal().apiUrl(), Optional.of(streaming()));
        List<String> lines = new ArrayList<>();
        List<Finding> findings;
        try (HttpClient client = HttpClient.newHttpClient()) {
            findings = new SmokeTest(
                            new SmokeTest.Subject(endpoints, KEY, Optional.of(MODEL), new Volley(0, 1)),
                            new SmokeTest.Means(client, clock, Thread::sleep),
                            finding -> {
                                lines.add(finding.line());
                                clock.after(finding);
                            })
                    .run();
        }

        assertThat(findings)
                .extracting(finding -> finding.getClass().getSimpleName() + " " + finding.check())
                .as(String.join("\n", lines))
                .containsExactly(
                        "Good models",
                        "Good no key",
                        "Good chat",
                        "Good stream, API Gateway, HTTP/1.1",
                        "NotOffered stream, API Gateway, HTTP/2",
                        "Good stream, streaming URL, HTTP/1.1",
                        "NotOffered stream, streaming URL, HTTP/2");
    }

    @Test
    void aFrontThatBuffersFailsAndSaysSo() throws IOException {
        fast.portal().routers().router("router-a").session(SESSION).holdFrom(0).open();
        try (HttpClient client = HttpClient.newHttpClient();
                WireServer buffering = WireServer.start(0, exchange -> relayWhole(client, exchange))) {
            Run run = smokeTest("--api", "http://" + buffering.address() + "/v1", "--model", MODEL, "--key", KEY);

            assertThat(run.exit()).as(run.said()).isEqualTo(1);
            assertThat(run.said())
                    .contains("ok    chat ")
                    .containsPattern("FAIL {2}stream, API Gateway, HTTP/1.1 .*something on the way buffers")
                    .containsPattern("- {5}50 streams, API Gateway +no model streams here")
                    .endsWith("FAILED: 1 of 6 checks\n");
        }
    }

    /** A front that holds every fourth stream until its end, as was seen on AWS, and hands on each word of the others when the one before was read. */
    private static final class Holding implements InstantSource {
        private final Semaphore read = new Semaphore(0);
        private final AtomicInteger streams = new AtomicInteger();
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            now = now.plusMillis(100);
            read.release();
            return now;
        }

        private void stream(ServerExchange exchange) throws IOException, InterruptedException {
            boolean held = streams.incrementAndGet() % 4 == 0;
            read.drainPermits();
            try (OutputStream out = exchange.stream(200, Headers.of("x-request-id", "stream-" + streams.get()))) {
                ByteArrayOutputStream whole = new ByteArrayOutputStream();
                for (int word = 0; word < 20; word++) {
                    byte[] event = bytes("data: {\"choices\":[{\"delta\":{\"content\":\"word\"}}]}\n\n");
                    if (held) {
                        whole.write(event);
                    } else {
                        out.write(event);
                        read.acquire();
                    }
                }
                whole.write(bytes("data: [DONE]\n\n"));
                out.write(whole.toByteArray());
            }
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void oneHeldStreamAmongMostThatAreNotIsFound() throws IOException, InterruptedException {
        fast.portal().routers().router("router-a").session(SESSION).holdFrom(0).open();
        Holding front = new Holding();
        try (HttpClient client = HttpClient.newHttpClient();
                WireServer holding = WireServer.start(0, exchange -> {
                    byte[] body = exchange.body().readAllBytes();
                    if (new String(body, StandardCharsets.UTF_8).contains("\"stream\":true")) {
                        front.stream(exchange);
                    } else {
                        relayWhole(client, exchange, body);
                    }
                })) {
            List<Finding> findings = new SmokeTest(
                            new SmokeTest.Subject(
                                    new DeploymentUrls(
                                            URI.create("http://" + holding.address() + "/v1"), Optional.empty()),
                                    KEY,
                                    Optional.of(MODEL),
                                    new Volley(6, 1)),
                            new SmokeTest.Means(client, front, Thread::sleep),
                            finding -> {})
                    .run();

            assertThat(findings)
                    .contains(new Finding.Bad("6 streams, API Gateway", "1 of 6 held to their end: stream-4"));
        }
    }

    @Test
    void aDeploymentThatIsNotThereIsAFindingAndNoStackTrace() throws IOException {
        String gone;
        try (WireServer closed = WireServer.start(0, exchange -> {})) {
            gone = "http://" + closed.address() + "/v1";
        }

        Run run = smokeTest("--api", gone, "--key", KEY);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said()).contains("FAIL  models").contains("FAIL  chat").doesNotContain("\tat ");
    }

    @Test
    void whatIsMissingOnTheCommandLineIsOneLine() {
        assertThat(smokeTest("--key", KEY))
                .isEqualTo(new Run(2, "no deployment named (expected: either --outputs or --api)\n"));
        assertThat(smokeTest("--api", "http://localhost/", "--key", KEY))
                .isEqualTo(new Run(
                        2, "the API's URL: http://localhost/ (expected: http:// or https://, ending in /v1)\n"));
    }

    private record Run(int exit, String said) {}

    private static Run smokeTest(String... args) {
        StringWriter said = new StringWriter();
        CommandLine command = SmokeTestMain.commandLine();
        command.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        return new Run(command.execute(args), said.toString());
    }

    private static URI streaming() {
        return fast.portal().streamingUrl().resolve("/v1");
    }

    /** Like a proxy with its default settings: the whole answer first, then all of it at once. */
    private static void relayWhole(HttpClient client, ServerExchange exchange)
            throws IOException, InterruptedException {
        relayWhole(client, exchange, exchange.body().readAllBytes());
    }

    private static void relayWhole(HttpClient client, ServerExchange exchange, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(fast.portal().apiUrl().resolve("/")
                                + exchange.head().path().substring(1)))
                .timeout(Duration.ofMinutes(1))
                .method(exchange.head().method(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.head().headers().first("authorization").ifPresent(key -> request.header("authorization", key));
        HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        String type = answer.headers().firstValue("content-type").orElse("text/plain");
        String id = answer.headers().firstValue("x-request-id").orElse("");
        exchange.answer(answer.statusCode(), Headers.of("Content-Type", type, "x-request-id", id), answer.body());
    }
}
