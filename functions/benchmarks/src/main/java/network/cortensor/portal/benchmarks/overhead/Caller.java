package network.cortensor.portal.benchmarks.overhead;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks for the same streamed answer in two ways. Connections are kept on both. Safe for use by many threads. */
final class Caller implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final URI router;
    private final Product product;

    /** @param router a simulated router's address */
    Caller(URI router, Product product) {
        this.router = router;
        this.product = product;
    }

    /**
     * When one answer came, from the moment before its request was sent.
     *
     * @param tokens how many pieces of text it had
     */
    record Timing(Duration firstToken, Duration end, int tokens) {}

    /** Straight to one session of the router. */
    Timing direct(long session, int words) throws IOException, InterruptedException {
        return ask(
                URI.create(router + "/api/v3/completions"),
                "{\"session_id\":" + session + ",\"prompt\":\"" + text(words)
                        + "\",\"prompt_type\":1,\"stream\":true,\"timeout\":60,\"max_tokens\":4096}");
    }

    /** Through the product, to whatever session it picks. */
    Timing throughTheProduct(String model, int words) throws IOException, InterruptedException {
        return ask(
                URI.create(product.api() + "/chat/completions"),
                "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
                        + text(words) + "\"}]}");
    }

    private Timing ask(URI url, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + product.key())
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        long start = System.nanoTime();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            return timing(response.statusCode(), lines, start);
        }
    }

    private static Timing timing(int status, BufferedReader lines, long start) throws IOException {
        long first = 0;
        int events = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.startsWith("data: ")) {
                continue;
            }
            if (line.equals("data: [DONE]")) {
                // The event before it says why the answer ended, and nothing else.
                return new Timing(since(start, first), since(start, System.nanoTime()), events - 1);
            }
            events++;
            first = first == 0 ? System.nanoTime() : first;
        }
        throw new IOException("an answer of status " + status + " without its end");
    }

    private static Duration since(long start, long then) {
        return Duration.ofNanos(then - start);
    }

    private static String text(int words) {
        return IntStream.range(0, words).mapToObj(number -> "word" + number).collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        client.close();
    }
}
