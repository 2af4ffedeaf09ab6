package network.cortensor.portal.benchmarks.edits;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Customers who ask one after the other, all the time, and count what is no answer. */
final class CustomerLoad implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final HttpRequest request;
    private final List<Thread> threads;
    private volatile boolean open = true;

    CustomerLoad(URI api, String key, String alias, int count) {
        this.request = HttpRequest.newBuilder(URI.create(api + "/chat/completions"))
                .timeout(Duration.ofMinutes(1))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + alias
                        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me a story\"}]}"))
                .build();
        this.threads = IntStream.range(0, count)
                .mapToObj(number -> Thread.ofVirtual().start(this::ask))
                .toList();
    }

    private void ask() {
        try {
            while (open) {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status != 200) {
                    unanswered.incrementAndGet();
                }
            }
        } catch (IOException e) {
            unanswered.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int unanswered() {
        return unanswered.get();
    }

    @Override
    public void close() {
        open = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        client.close();
    }
}
