package network.cortensor.portal.testkit.router;

import network.cortensor.portal.testkit.http.RawCall;

/** Completion requests as bytes. */
final class CompletionBytes {
    private CompletionBytes() {}

    static String whole(long session, String prompt) {
        return RawCall.post("/api/v3/completions", body(session, prompt, "false"));
    }

    static String streamed(long session, String prompt) {
        return RawCall.post("/api/v3/completions", body(session, prompt, "true"));
    }

    static String of(Shape shape, long session, String prompt) {
        return shape == Shape.STREAMED ? streamed(session, prompt) : whole(session, prompt);
    }

    private static String body(long session, String prompt, String stream) {
        return "{\"session_id\":%d,\"prompt\":%s,\"stream\":%s,\"timeout\":60,\"client_reference\":\"ref-%d\"}"
                .formatted(session, PythonAsciiJson.quote(prompt), stream, session);
    }
}
