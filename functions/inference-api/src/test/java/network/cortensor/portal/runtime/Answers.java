package network.cortensor.portal.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/** Short ways to answer. */
final class Answers {
    static final Prelude OK = prelude(200);

    private Answers() {}

    static Prelude prelude(int status, String... namesAndValues) {
        LinkedHashMap<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Prelude(status, headers);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Answers with the event itself. */
    static void echo(Invocation invocation, ResponseStream response) throws IOException {
        response.begin(OK).write(invocation.event().bytes());
    }
}
