package network.cortensor.portal.testkit.router;

import java.util.Map;
import network.cortensor.portal.testkit.http.Reply;

/** A router's error answers. Their status lines are recorded, with the phrase in capitals; their bodies are assumed. */
final class RouterErrors {
    static final Reply BAD_REQUEST = error("400 BAD REQUEST", "Bad Request");
    static final Reply UNAUTHORIZED = error("401 UNAUTHORIZED", "Unauthorized");
    static final Reply NOT_FOUND = error("404 NOT FOUND", "Not Found");
    static final Reply TOO_MANY = new Reply(
            "429 TOO MANY REQUESTS", Reply.JSON, Map.of("Retry-After", "17"), "{\"error\":\"Too Many Requests\"}");
    static final Reply INTERNAL = error("500 INTERNAL SERVER ERROR", "Internal Server Error");

    /** The router noticed that an answer belongs to another task. */
    static final Reply MISMATCH = Reply.json(
            "502 BAD GATEWAY",
            "{\"error\":{\"code\":\"router_v4_correlation_mismatch\",\"message\":\"correlation"
                    + " mismatch\",\"type\":\"router_error\"}}");

    private RouterErrors() {}

    static Reply methodNotAllowed(String allowed) {
        return new Reply(
                "405 METHOD NOT ALLOWED", Reply.JSON, Map.of("Allow", allowed), "{\"error\":\"Method Not Allowed\"}");
    }

    private static Reply error(String status, String text) {
        return Reply.json(status, "{\"error\":\"" + text + "\"}");
    }
}
