package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Optional;

/**
 * The body of a completion request, as far as a router looks at it: {@code messages} are ignored, and so is every field that would
 * change nothing but the model's mood.
 */
final class CompletionAsk {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);

    private final JsonNode body;

    private CompletionAsk(JsonNode body) {
        this.body = body;
    }

    /** Empty if it is no JSON object with a prompt. */
    static Optional<CompletionAsk> of(String text) {
        try {
            JsonNode body = JSON.readTree(text);
            return body != null && body.path("prompt").isTextual()
                    ? Optional.of(new CompletionAsk(body))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Empty unless it is an integer. */
    Optional<String> sessionId() {
        JsonNode id = body.path("session_id");
        return id.isIntegralNumber() && id.canConvertToLong() && id.longValue() >= 0
                ? Optional.of(Long.toString(id.longValue()))
                : Optional.empty();
    }

    Optional<String> clientReference() {
        JsonNode reference = body.path("client_reference");
        return reference.isTextual() ? Optional.of(reference.asText()) : Optional.empty();
    }

    /** @param created unix seconds */
    RouterScript script(SessionSettings settings, long created) {
        String prompt = body.path("prompt").asText();
        return new RouterScript(
                body.path("stream").asBoolean() ? Shape.STREAMED : Shape.WHOLE,
                timeout(),
                prompt,
                RouterSpeech.to(prompt, body.path("max_tokens").asInt(), settings),
                body.path("model").asText("default"),
                created);
    }

    private Duration timeout() {
        double seconds = body.path("timeout").asDouble();
        return seconds > 0 ? Duration.ofMillis((long) (seconds * 1000)) : USUAL_TIMEOUT;
    }
}
