package network.cortensor.portal.testkit.lambda;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.testkit.wire.RawClient;

/** An environment whose every byte the test chooses. Each call is a connection of its own. */
final class ScriptedEnvironment {
    private static final String BASE = "/2018-06-01/runtime";
    private static final Pattern REQUEST_ID = Pattern.compile("Lambda-Runtime-Aws-Request-Id: (\\S+)");

    private final int port;

    ScriptedEnvironment(RuntimeApiEmulator emulator) {
        String address = emulator.address();
        this.port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Asks and gives back the whole reply. */
    String get(String path) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.send("GET " + BASE + path + " HTTP/1.1\r\nConnection: close\r\n\r\n")
                    .readToEnd();
        }
    }

    /** Takes the next invocation and gives back its id. */
    String next() throws IOException {
        Matcher matcher = REQUEST_ID.matcher(get("/invocation/next"));
        if (!matcher.find()) {
            throw new IOException("no request id");
        }
        return matcher.group(1);
    }

    /** Reports an error and gives back the whole reply. */
    String postError(String path, String type, String json) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.send("POST " + BASE + path + " HTTP/1.1\r\nConnection: close\r\n"
                            + "Lambda-Runtime-Function-Error-Type: " + type + "\r\n"
                            + "Content-Length: " + json.length() + "\r\n\r\n" + json)
                    .readToEnd();
        }
    }

    /** Sends the head of a streamed response, and leaves its body to the test. */
    RawClient respond(String requestId, String contentType) throws IOException {
        return new RawClient(port)
                .send("POST " + BASE + "/invocation/" + requestId + "/response HTTP/1.1\r\nConnection: close\r\n"
                        + "Lambda-Runtime-Function-Response-Mode: streaming\r\n"
                        + "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n"
                        + "Content-Type: " + contentType + "\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n");
    }

    /** One chunk of a body in ASCII. */
    static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
