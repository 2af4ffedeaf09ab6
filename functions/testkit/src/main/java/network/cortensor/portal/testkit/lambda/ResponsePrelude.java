package network.cortensor.portal.testkit.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import network.cortensor.portal.testkit.wire.Header;
import network.cortensor.portal.testkit.wire.Headers;

/** Status and headers, which a function sends before the body: JSON, then eight NUL bytes. */
record ResponsePrelude(int status, Headers headers) {
    /** The content type of a response that begins with a prelude. */
    static final String CONTENT_TYPE = "application/vnd.awslambda.http-integration-response";

    /** Bytes within which the body has to begin. */
    static final int LIMIT = 16 * 1024;

    private static final int DELIMITER = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The response is none that an HTTP front can make an answer of. */
    static final class Malformed extends IOException {
        Malformed(String message) {
            super(message);
        }
    }

    /**
     * Reads up to the first byte of the body.
     *
     * @throws Malformed if this is no prelude
     */
    static ResponsePrelude read(String contentType, InputStream response) throws IOException {
        if (!contentType.equals(CONTENT_TYPE)) {
            throw new Malformed("content type: " + contentType + " (expected: " + CONTENT_TYPE + ")");
        }
        try {
            return of(JSON.readTree(untilDelimiter(response)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new Malformed("no prelude: " + e.getClass().getSimpleName());
        }
    }

    private static byte[] untilDelimiter(InputStream response) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        int zeros = 0;
        for (int read = 0; read < LIMIT; read++) {
            int b = response.read();
            if (b < 0) {
                break;
            }
            if (b != 0) {
                json.write(b);
                zeros = 0;
            } else if (++zeros == DELIMITER) {
                return json.toByteArray();
            }
        }
        throw new Malformed("no eight NUL bytes within " + LIMIT + " bytes");
    }

    private static ResponsePrelude of(JsonNode json) {
        JsonNode status = json.path("statusCode");
        if (!status.isInt() || status.intValue() < 200 || status.intValue() > 599) {
            throw new IllegalArgumentException("statusCode: " + status + " (expected: 200 to 599)");
        }
        List<Header> headers = new ArrayList<>();
        json.path("headers").properties().forEach(entry -> headers.add(header(entry.getKey(), entry.getValue())));
        json.path("multiValueHeaders")
                .properties()
                .forEach(entry -> entry.getValue().forEach(value -> headers.add(header(entry.getKey(), value))));
        json.path("cookies").forEach(cookie -> headers.add(header("Set-Cookie", cookie)));
        return new ResponsePrelude(status.intValue(), new Headers(headers));
    }

    private static Header header(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + ": " + value.getNodeType() + " (expected: a string)");
        }
        return new Header(name, value.textValue());
    }
}
