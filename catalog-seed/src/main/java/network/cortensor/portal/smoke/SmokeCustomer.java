package network.cortensor.portal.smoke;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A customer's HTTP calls.
 *
 * @param key empty for a customer without one
 * @param patience for an answer to its end
 */
record SmokeCustomer(HttpClient client, Optional<String> key, InstantSource clock, Duration patience) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A queue, three attempts and an answer; the product itself gives up before. */
    static final Duration PATIENCE = Duration.ofSeconds(310);

    /** Long enough to be told apart in time, and easy for every model; simulated routers just repeat it. */
    private static final String PROMPT =
            "Repeat these words and nothing else: one two three four five six seven eight nine ten eleven twelve"
                    + " thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty twenty-one twenty-two"
                    + " twenty-three twenty-four twenty-five twenty-six twenty-seven twenty-eight twenty-nine thirty";

    private static final int MOST_TOKENS = 800;

    /** A whole answer. */
    record Answer(int status, Optional<String> requestId, JsonNode body) {
        String inWords() {
            String code = body.at("/error/code").asText(body.at("/error/type").asText("no error in our shape"));
            return status + " " + code;
        }
    }

    Answer models(URI base) throws IOException, InterruptedException {
        return whole(request(URI.create(base + "/models"), HttpClient.Version.HTTP_1_1)
                .GET()
                .build());
    }

    Answer chat(URI base, String model) throws IOException, InterruptedException {
        return whole(chatRequest(base, chat(model), HttpClient.Version.HTTP_1_1));
    }

    /**
     * Reads a stream to its end and notes when each of its bytes came.
     *
     * @throws HttpTimeoutException if there is no end within the customer's patience, which {@link HttpRequest#timeout} keeps only until the
     *     head has come
     */
    StreamedAnswer stream(URI base, String model, HttpClient.Version version) throws IOException, InterruptedException {
        ObjectNode body = chat(model);
        body.put("stream", true);
        HttpResponse<InputStream> response =
                client.send(chatRequest(base, body, version), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream bytes = response.body()) {
            CompletableFuture<Boolean> outOfPatience =
                    new CompletableFuture<Boolean>().completeOnTimeout(true, patience.toMillis(), MILLISECONDS);
            CompletableFuture<Void> closed = outOfPatience.thenRun(() -> close(bytes));
            try {
                return StreamedAnswer.read(response, bytes, clock);
            } catch (IOException e) {
                throw outOfPatience.isDone() ? new HttpTimeoutException("no end after " + patience) : e;
            } finally {
                closed.cancel(false);
                outOfPatience.cancel(false);
            }
        }
    }

    private static void close(InputStream bytes) {
        try {
            bytes.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode chat(String model) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model).put("max_tokens", MOST_TOKENS).put("temperature", 0);
        body.putArray("messages").addObject().put("role", "user").put("content", PROMPT);
        return body;
    }

    private HttpRequest chatRequest(URI base, ObjectNode body, HttpClient.Version version) {
        return request(URI.create(base + "/chat/completions"), version)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private HttpRequest.Builder request(URI url, HttpClient.Version version) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(url).version(version).timeout(patience);
        key.ifPresent(word -> builder.header("authorization", "Bearer " + word));
        return builder;
    }

    private Answer whole(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        return new Answer(response.statusCode(), response.headers().firstValue("x-request-id"), json(response.body()));
    }

    /** An answer that is no JSON is a finding and no accident: it lacks whatever is looked for. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
