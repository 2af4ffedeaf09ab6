package network.cortensor.portal.testkit.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import network.cortensor.portal.testkit.wire.Headers;
import network.cortensor.portal.testkit.wire.ServerExchange;

/**
 * What an environment reported instead of, or in the middle of, an answer.
 *
 * @param type the value of {@code Lambda-Runtime-Function-Error-Type}
 * @param body the JSON text that came with it
 */
public record ReportedError(String type, String body) {
    /** The function did not end in its time. Lambda would end the environment too; the emulator cannot. */
    static final ReportedError TIMED_OUT = new ReportedError("Sandbox.Timedout", "{}");

    /** The environment went away in the middle of an invocation. */
    static final ReportedError EXITED = new ReportedError("Runtime.ExitError", "{}");

    private static final String TYPE = "Lambda-Runtime-Function-Error-Type";
    private static final String BODY = "Lambda-Runtime-Function-Error-Body";

    /** An error that is a request of its own. */
    static ReportedError posted(ServerExchange exchange) throws IOException {
        String type = exchange.head().headers().first(TYPE).orElse("");
        return new ReportedError(type, new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** An error in the fields after a response's last chunk. */
    static Optional<ReportedError> trailing(Headers trailers) {
        return trailers.first(TYPE)
                .map(type ->
                        new ReportedError(type, decoded(trailers.first(BODY).orElse(""))));
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
