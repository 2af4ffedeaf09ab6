package network.cortensor.portal.benchmarks.failover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

/** A careful streaming client of chat completions: an error event is an error, and a stream without an end is none. */
record BenchClient(HttpClient http, URI api, Map<String, String> headers) {
    /** By which callers' requests are known. */
    static final String PROMPT = "Say sixty words.";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A server's refusal before the first event. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final String words;

        private Refused(int status, String code) {
            super("refused");
            this.words = "HTTP " + status + " " + code;
        }

        /** Status and code. */
        String words() {
            return words;
        }
    }

    /** What comes of a stream, event by event. */
    interface Progress {
        void said();
    }

    /** @param fallback whose name an answer may bear */
    BenchCall ask(String model, String fallback, Progress progress) throws IOException, InterruptedException, Refused {
        String body = "{\"model\":\"" + model + "\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}]}";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + "/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        HttpResponse<Stream<String>> response = http.send(request.build(), BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() != 200) {
                throw refused(response, String.join("\n", lines.toList()));
            }
            return read(lines.iterator(), fallback, progress);
        } catch (UncheckedIOException e) {
            throw new IOException("the stream broke", e);
        }
    }

    private static Refused refused(HttpResponse<?> response, String body) {
        String code;
        try {
            code = JSON.readTree(body).at("/error/code").asText();
        } catch (JsonProcessingException e) {
            code = "";
        }
        return new Refused(response.statusCode(), code);
    }

    private static BenchCall read(Iterator<String> lines, String fallback, Progress progress) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean named = false;
        boolean usage = false;
        boolean finished = false;
        while (lines.hasNext()) {
            String line = lines.next();
            if (!line.startsWith("data:")) {
                continue;
            }
            String data = line.substring(5).strip();
            if (data.equals("[DONE]")) {
                finished = true;
                break;
            }
            JsonNode event;
            try {
                event = JSON.readTree(data);
            } catch (JsonProcessingException e) {
                // Whether a word was lost with it shows at the end.
                continue;
            }
            if (event.hasNonNull("error")) {
                return BenchCall.failed(
                        "error event: " + event.at("/error/code").asText());
            }
            named |= event.path("model").asText().equals(fallback);
            usage |= event.hasNonNull("usage");
            JsonNode choice = event.path("choices").path(0);
            finished |= choice.hasNonNull("finish_reason");
            String said = choice.at("/delta/content").asText("");
            if (!said.isEmpty()) {
                progress.said();
                text.append(said);
            }
        }
        if (!finished) {
            throw new IOException("the stream has no end");
        }
        return new BenchCall(BenchCall.End.ANSWER, text.toString(), "", named, usage);
    }
}
