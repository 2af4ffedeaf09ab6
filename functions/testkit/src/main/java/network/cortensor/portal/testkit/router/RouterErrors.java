package network.cortensor.portal.testkit.router;

import java.util.Map;
import network.cortensor.portal.testkit.http.CannedReply;

/** A router's error answers. Their status lines are recorded, with the phrase in capitals; their bodies are assumed. */
final class RouterErrors {
    static final CannedReply BAD_REQUEST = error("400 BAD REQUEST", "Bad Request");
    static final CannedReply UNAUTHORIZED = error("401 UNAUTHORIZED", "Unauthorized");
    static final CannedReply NOT_FOUND = error("404 NOT FOUND", "Not Found");
    static final CannedReply TOO_MANY = new CannedReply(
            "429 TOO MANY REQUESTS",
            CannedReply.JSON,
            Map.of("Retry-After", "17"),
            "{\"error\":\"Too Many Requests\"}");
    static final CannedReply NO_CREDIT = error("402 PAYMENT REQUIRED", "Payment Required");
    static final CannedReply INTERNAL = error("500 INTERNAL SERVER ERROR", "Internal Server Error");

    /** The router noticed that an answer belongs to another task. */
    static final CannedReply MISMATCH = CannedReply.json(
            "502 BAD GATEWAY",
            "{\"error\":{\"code\":\"router_v4_correlation_mismatch\",\"message\":\"correlation"
                    + " mismatch\",\"type\":\"router_error\"}}");

    private RouterErrors() {}

    static CannedReply methodNotAllowed(String allowed) {
        return new CannedReply(
                "405 METHOD NOT ALLOWED",
                CannedReply.JSON,
                Map.of("Allow", allowed),
                "{\"error\":\"Method Not Allowed\"}");
    }

    private static CannedReply error(String status, String text) {
        return CannedReply.json(status, "{\"error\":\"" + text + "\"}");
    }
}
