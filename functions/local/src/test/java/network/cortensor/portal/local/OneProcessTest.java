package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import network.cortensor.portal.testkit.router.SimulatedSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One process that serves 64 customers at once: everything between them is shared, and nothing is mixed up. */
@Timeout(180)
class OneProcessTest {
    private static final int STREAMS = 64;
    private static final long FIRST_SESSION = 81_000;
    private static final String ALIAS = "shared";

    /** Long enough that a stream is in its middle whatever the machine does meanwhile. */
    private static final double SLOWLY = 0.5;

    @Test
    void noAnswerIsAnotherCustomersAndEverySlotComesBack() throws Exception {
        try (FastPortal fast = new FastPortal(STREAMS);
                HttpClient client = HttpClient.newHttpClient();
                ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<SimulatedSession> sessions = sessions(fast);

            List<Future<String>> outcomes = IntStream.range(0, 5 * STREAMS)
                    .mapToObj(number -> customers.submit(() -> {
                        String text = "customer " + number + " says hello";
                        return Asking.of(number).outcome(fast, client, ALIAS, text);
                    }))
                    .toList();

            for (Future<String> outcome : outcomes) {
                assertThat(outcome.get()).isEqualTo("answer");
            }
            assertThat(sessions)
                    .allMatch(session -> session.counts().maxInFlight() <= 1)
                    .extracting(session -> session.counts().served())
                    .satisfies(served -> assertThat(
                                    served.stream().mapToLong(Number::longValue).sum())
                            .isEqualTo(5L * STREAMS));
            assertThat(fast.usage(ALIAS, 5L * STREAMS)).hasSize(5 * STREAMS);
            assertThat(slots(fast)).isZero();
        }
    }

    @Test
    void aShutDownGivesEveryStreamItsErrorEventAndSettlesItsUsage() throws Exception {
        try (FastPortal fast = new FastPortal(STREAMS);
                HttpClient client = HttpClient.newHttpClient();
                ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            sessions(fast).forEach(session -> session.set(FastPortal.PROMPT.withTokensPerSecond(SLOWLY)));
            Streams streams = Streams.begin(fast, client, customers);

            fast.portal().shutDownWorkers();

            for (Future<String> stream : streams.read()) {
                assertThat(stream.get())
                        .containsOnlyOnce("\"code\":\"service_unavailable\"")
                        .doesNotContain("[DONE]");
            }
            assertThat(fast.usage(ALIAS, STREAMS)).hasSize(STREAMS);
            // Their routers may still be at work.
            assertThat(slots(fast)).isEqualTo(STREAMS);
        }
    }

    /** A router that takes connections and never says a word of TLS. */
    @Test
    void aShutDownLeavesNoSlotOfARequestThatWasNotSent() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                FastPortal fast = new FastPortal(2);
                HttpClient client = HttpClient.newHttpClient();
                ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Object> target = new LinkedHashMap<>(fast.onRouterA(FIRST_SESSION, "live"));
            target.put("routerUrl", "https://localhost:" + silent.getLocalPort());
            fast.portal().parameters().put("/portal/local/routers/localhost_" + silent.getLocalPort() + "/key", "none");
            silent.setSoTimeout(60_000);
            fast.alias(ALIAS, Map.of(), Map.of("silent", target));
            Future<String> outcome = customers.submit(() -> CustomerCall.outcome(
                    CustomerCall.post(client, fast.portal().apiUrl().resolve("/v1/chat/completions"), body("hello")),
                    "hello"));
            try (Socket _ = silent.accept()) {
                fast.portal().shutDownWorkers();

                assertThat(outcome.get()).isEqualTo("503 service_unavailable");
                assertThat(slots(fast)).isZero();
            }
        }
    }

    @Test
    void aKillLosesTheStreamsAndNothingElse() throws Exception {
        try (FastPortal fast = new FastPortal(STREAMS);
                HttpClient client = HttpClient.newHttpClient();
                ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<SimulatedSession> sessions = sessions(fast);
            sessions.forEach(session -> session.set(FastPortal.PROMPT.withTokensPerSecond(SLOWLY)));
            Streams streams = Streams.begin(fast, client, customers);

            fast.portal().replaceWorker(0);

            for (Future<String> stream : streams.read()) {
                assertThat(stream.get()).doesNotContain("[DONE]");
            }
            // A session that the lost process held is not asked while its router may be at work.
            sessions.forEach(session -> session.set(FastPortal.PROMPT));
            String text = "is anybody there";
            assertThat(CustomerCall.outcome(
                            CustomerCall.post(
                                    client, fast.portal().apiUrl().resolve("/v1/chat/completions"), body(text)),
                            text))
                    .isIn("answer", "503 model_overloaded");
            assertThat(sessions).allMatch(session -> session.counts().maxInFlight() <= 1);
        }
    }

    /** Streams that are all in their middle. */
    private record Streams(List<Future<String>> read) {
        static Streams begin(FastPortal fast, HttpClient client, ExecutorService customers) throws Exception {
            CountDownLatch speaking = new CountDownLatch(STREAMS);
            List<Future<String>> read = new ArrayList<>();
            for (int number = 0; number < STREAMS; number++) {
                String text = "customer " + number + " listens to a very long story about a lighthouse and the sea";
                read.add(customers.submit(() -> listen(fast, client, text, speaking)));
            }
            assertThat(speaking.await(90, TimeUnit.SECONDS)).isTrue();
            return new Streams(read);
        }

        /** Everything until the stream ends, in whatever way. */
        private static String listen(FastPortal fast, HttpClient client, String text, CountDownLatch speaking)
                throws IOException, InterruptedException {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(fast.portal().apiUrl().resolve("/v1/chat/completions"))
                            .timeout(Duration.ofMinutes(2))
                            .header("authorization", "Bearer " + FastPortal.KEY)
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body(text)))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            StringBuilder heard = new StringBuilder();
            boolean counted = false;
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    heard.append(line).append('\n');
                    if (!counted && line.contains("\"content\":\"") && !line.contains("\"content\":\"\"")) {
                        counted = true;
                        speaking.countDown();
                    }
                }
            } catch (IOException e) {
                heard.append("cut");
            }
            return heard.toString();
        }
    }

    private static String body(String text) {
        return "{\"model\":\"" + ALIAS + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                + "\"}]}";
    }

    private static List<SimulatedSession> sessions(FastPortal fast) {
        Map<String, Map<String, Object>> targets = new LinkedHashMap<>();
        List<SimulatedSession> sessions = new ArrayList<>();
        for (long session = FIRST_SESSION; session < FIRST_SESSION + STREAMS; session++) {
            targets.put("t-" + session, fast.onRouterA(session, "live"));
            SimulatedSession simulated =
                    fast.portal().routers().router("router-a").session(session);
            simulated.set(FastPortal.PROMPT);
            sessions.add(simulated);
        }
        fast.alias(ALIAS, "qwen3.5", Map.of(), targets);
        return sessions;
    }

    /** Rows of slots that count. */
    private static long slots(FastPortal fast) {
        long now = Instant.now().getEpochSecond();
        return fast
                .portal()
                .dynamo()
                .client()
                .scanPaginator(scan -> scan.tableName(fast.portal().tables().sessionSlots()))
                .items()
                .stream()
                .filter(row -> Long.parseLong(row.getOrDefault("expiresAt", AttributeValue.fromN("0"))
                                .n())
                        > now)
                .count();
    }
}
