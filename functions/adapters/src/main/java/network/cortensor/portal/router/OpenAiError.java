package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.RequestRejected.Reason;

/**
 * What an OpenAI-compatible server says of a request that it does not take. Codes and words are looked for in a closed list, and nothing of
 * what the server wrote goes any further.
 */
enum OpenAiError {
    CONTEXT,
    CONTENT,
    /** The server's customer has not paid: that is us. */
    ACCOUNT,
    OTHER;

    /** @param body as the server wrote it */
    static OpenAiError of(String body) {
        Optional<JsonNode> json = Json.object(body);
        if (json.isEmpty()) {
            return OTHER;
        }
        JsonNode error = json.get().path("error").isObject() ? json.get().path("error") : json.get();
        String codes = (word(error, "code") + " " + word(error, "type")).toLowerCase(Locale.ROOT);
        String told = (word(error, "message") + " " + word(json.get(), "detail") + " " + word(json.get(), "error"))
                .toLowerCase(Locale.ROOT);
        OpenAiError byCode = named(codes);
        return byCode == OTHER ? named(told) : byCode;
    }

    Failure rejection(int status) {
        return switch (this) {
            case CONTEXT -> new Failure.RequestRejected(status, Reason.CONTEXT);
            case CONTENT -> new Failure.RequestRejected(status, Reason.CONTENT);
            case ACCOUNT -> new Failure.Refused(status);
            case OTHER -> new Failure.RequestRejected(status, Reason.OTHER);
        };
    }

    private List<String> words() {
        return switch (this) {
            case CONTEXT ->
                List.of(
                        "context_length_exceeded",
                        "exceed_context_size",
                        "context length",
                        "context window",
                        "context size",
                        "context_window",
                        "maximum context",
                        "prompt is too long",
                        "input is too long",
                        "too many tokens",
                        "maximum number of tokens",
                        "max_model_len");
            case CONTENT ->
                List.of(
                        "content_filter",
                        "content_policy_violation",
                        "content policy",
                        "content management policy",
                        "responsibleaipolicyviolation",
                        "safety system",
                        "moderation");
            case ACCOUNT ->
                List.of("insufficient_quota", "quota", "credit", "billing", "payment", "insufficient balance");
            case OTHER -> List.of();
        };
    }

    private static OpenAiError named(String text) {
        for (OpenAiError error : values()) {
            if (error.words().stream().anyMatch(text::contains)) {
                return error;
            }
        }
        return OTHER;
    }

    private static String word(JsonNode node, String field) {
        return Json.text(node, "/" + field).orElse("");
    }
}
