package network.cortensor.portal.testkit.router;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import network.cortensor.portal.testkit.http.CannedReply;

/** Errors of an OpenAI-compatible server. */
final class ServerErrors {
    /** What only a Cortensor router does. */
    static final Set<Fault> UNKNOWN_FAULTS = EnumSet.of(Fault.PENDING, Fault.INTERLEAVE, Fault.NO_MINERS);

    static final CannedReply UNAUTHORIZED =
            reply("401 Unauthorized", "Incorrect API key provided", "invalid_request_error", "\"invalid_api_key\"");
    static final CannedReply NOT_FOUND = reply("404 Not Found", "Not found", "invalid_request_error", "null");
    static final CannedReply TOO_MANY = new CannedReply(
            "429 Too Many Requests",
            CannedReply.JSON,
            Map.of("Retry-After", "17"),
            json("Rate limit reached", "requests", "\"rate_limit_exceeded\""));
    static final CannedReply CONTEXT_EXCEEDED = reply(
            "400 Bad Request",
            "This model's maximum context length is 8192 tokens",
            "invalid_request_error",
            "\"context_length_exceeded\"");
    static final CannedReply CONTENT_FILTERED =
            reply("400 Bad Request", "The response was filtered", "invalid_request_error", "\"content_filter\"");
    static final CannedReply NO_CREDIT =
            reply("400 Bad Request", "Your credit balance is too low", "invalid_request_error", "null");
    static final CannedReply INTERNAL = reply("500 Internal Server Error", "Internal error", "server_error", "null");

    private ServerErrors() {}

    static CannedReply badRequest(String message) {
        return reply("400 Bad Request", message, "invalid_request_error", "null");
    }

    static CannedReply modelNotFound(String model) {
        return reply(
                "404 Not Found",
                "The model `" + model + "` does not exist",
                "invalid_request_error",
                "\"model_not_found\"");
    }

    static CannedReply methodNotAllowed(String allowed) {
        return new CannedReply(
                "405 Method Not Allowed",
                CannedReply.JSON,
                Map.of("Allow", allowed),
                json("Method not allowed", "invalid_request_error", "null"));
    }

    /** @param code as JSON */
    static String json(String message, String type, String code) {
        return "{\"error\":{\"message\":%s,\"type\":\"%s\",\"param\":null,\"code\":%s}}"
                .formatted(PythonAsciiJson.quote(message), type, code);
    }

    private static CannedReply reply(String status, String message, String type, String code) {
        return CannedReply.json(status, json(message, type, code));
    }
}
