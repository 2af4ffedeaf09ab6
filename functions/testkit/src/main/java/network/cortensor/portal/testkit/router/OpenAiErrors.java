package network.cortensor.portal.testkit.router;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import network.cortensor.portal.testkit.http.Reply;

/** Errors of an OpenAI-compatible server. */
final class OpenAiErrors {
    /** What only a Cortensor router does. */
    static final Set<Fault> UNKNOWN_FAULTS = EnumSet.of(Fault.PENDING, Fault.INTERLEAVE, Fault.NO_MINERS);

    static final Reply UNAUTHORIZED =
            reply("401 Unauthorized", "Incorrect API key provided", "invalid_request_error", "\"invalid_api_key\"");
    static final Reply NOT_FOUND = reply("404 Not Found", "Not found", "invalid_request_error", "null");
    static final Reply TOO_MANY = new Reply(
            "429 Too Many Requests",
            Reply.JSON,
            Map.of("Retry-After", "17"),
            json("Rate limit reached", "requests", "\"rate_limit_exceeded\""));
    static final Reply CONTEXT_EXCEEDED = reply(
            "400 Bad Request",
            "This model's maximum context length is 8192 tokens",
            "invalid_request_error",
            "\"context_length_exceeded\"");
    static final Reply CONTENT_FILTERED =
            reply("400 Bad Request", "The response was filtered", "invalid_request_error", "\"content_filter\"");
    static final Reply INTERNAL = reply("500 Internal Server Error", "Internal error", "server_error", "null");

    private OpenAiErrors() {}

    static Reply badRequest(String message) {
        return reply("400 Bad Request", message, "invalid_request_error", "null");
    }

    static Reply modelNotFound(String model) {
        return reply(
                "404 Not Found",
                "The model `" + model + "` does not exist",
                "invalid_request_error",
                "\"model_not_found\"");
    }

    static Reply methodNotAllowed(String allowed) {
        return new Reply(
                "405 Method Not Allowed",
                Reply.JSON,
                Map.of("Allow", allowed),
                json("Method not allowed", "invalid_request_error", "null"));
    }

    /** @param code as JSON */
    static String json(String message, String type, String code) {
        return "{\"error\":{\"message\":%s,\"type\":\"%s\",\"param\":null,\"code\":%s}}"
                .formatted(PythonJson.quote(message), type, code);
    }

    private static Reply reply(String status, String message, String type, String code) {
        return Reply.json(status, json(message, type, code));
    }
}
