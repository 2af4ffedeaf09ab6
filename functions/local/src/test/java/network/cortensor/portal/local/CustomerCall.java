package network.cortensor.portal.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A customer's request over plain HTTP, and its answer in one word or two. */
final class CustomerCall {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Events that end a stream, in the APIs that name theirs. */
    private static final Set<String> ENDS = Set.of("message_stop", "response.completed", "response.incomplete");

    /** Events that bring a part of what the model says, words or arguments of a call. */
    private static final Set<String> PIECES =
            Set.of("response.output_text.delta", "response.function_call_arguments.delta");

    private CustomerCall() {}

    /** Asks as one of {@link FastPortal}'s many customers. */
    static HttpResponse<String> post(HttpClient client, URI url, String body) throws IOException, InterruptedException {
        return post(client, url, body, FastPortal.anyKey());
    }

    static HttpResponse<String> post(HttpClient client, URI url, String body, String key)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(url)
                        .timeout(Duration.ofMinutes(1))
                        .header("authorization", "Bearer " + key)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** As {@link #outcome(int, String, String, String)}. */
    static String outcome(HttpResponse<String> response, String text) throws IOException {
        return outcome(
                response.statusCode(),
                response.headers().firstValue("content-type").orElse(""),
                response.body(),
                text);
    }

    /** {@code answer}, {@code answer, words lost}, {@code one error event}, a status with its code, or what is wrong. */
    static String outcome(int status, String contentType, String body, String text) throws IOException {
        if (status != 200) {
            JsonNode error = JSON.readTree(body).path("error");
            return status + " " + error.path("code").asText(error.path("type").asText());
        }
        return contentType.startsWith("text/event-stream")
                ? stream(body, text)
                : words(whole(JSON.readTree(body)), text);
    }

    private static String stream(String body, String text) throws IOException {
        StringBuilder said = new StringBuilder();
        int errors = 0;
        int ends = 0;
        for (String data : data(body)) {
            if (data.equals("[DONE]")) {
                ends++;
                continue;
            }
            JsonNode event = JSON.readTree(data);
            String type = event.path("type").asText();
            errors += event.has("error") || type.equals("error") ? 1 : 0;
            ends += ENDS.contains(type) ? 1 : 0;
            said.append(piece(event));
        }
        if (errors == 0 && ends == 1) {
            return words(said.toString(), text);
        }
        return errors == 1 && ends == 0 ? "one error event" : errors + " error events and " + ends + " ends";
    }

    private static List<String> data(String body) {
        return body.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
    }

    private static String piece(JsonNode event) {
        if (PIECES.contains(event.path("type").asText())) {
            return event.path("delta").asText();
        }
        JsonNode choice = event.path("choices").path(0);
        return choice.path("delta").path("content").asText("")
                + choice.at("/delta/tool_calls/0/function/arguments").asText("")
                + choice.path("text").asText("")
                + event.path("delta").path("text").asText("");
    }

    private static String whole(JsonNode answer) {
        JsonNode choice = answer.path("choices").path(0);
        JsonNode input = answer.at("/content/0/input");
        return choice.path("message").path("content").asText("")
                + choice.path("text").asText("")
                + answer.path("content").path(0).path("text").asText("")
                + (input.isObject() ? input.toString() : "")
                + answer.at("/output/0/content/0/text").asText("");
    }

    /** How a text compares with what the simulated router had to say. A bare prompt is continued, so its answer may begin with a blank. */
    static String words(String answer, String text) {
        String said = answer.strip();
        if (said.equals(text)) {
            return "answer";
        }
        List<String> left = new ArrayList<>(List.of(text.split(" ")));
        boolean lost = List.of(said.split(" ")).stream().allMatch(left::remove);
        return lost && !said.isBlank() ? "answer, words lost" : "a wrong answer";
    }
}
