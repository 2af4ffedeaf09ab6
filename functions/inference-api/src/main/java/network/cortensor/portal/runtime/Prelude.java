package network.cortensor.portal.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Status and headers of an answer. Lambda's HTTP fronts take them as JSON, set off from the body by eight NUL bytes.
 *
 * @param status 200 to 599
 * @param headers one value each; no control characters, so that no value becomes a header of its own
 */
public record Prelude(int status, SequencedMap<String, String> headers) {
    /** Bytes within which the body has to begin, as AWS's own runtimes have it. */
    public static final int LIMIT = 16 * 1024;

    private static final int DELIMITER = 8;

    public Prelude {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
        headers.forEach(Prelude::check);
        headers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(headers));
        int size = json(status, headers).length() + DELIMITER;
        if (size > LIMIT) {
            throw new IllegalArgumentException("prelude: " + size + " bytes (expected: <= " + LIMIT + ")");
        }
    }

    /** What goes before the body. */
    byte[] encoded() {
        byte[] json = json(status, headers).getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(json, json.length + DELIMITER);
    }

    private static String json(int status, SequencedMap<String, String> headers) {
        StringBuilder json =
                new StringBuilder("{\"statusCode\":").append(status).append(",\"headers\":{");
        String separator = "";
        for (var header : headers.entrySet()) {
            json.append(separator);
            JsonString.append(json, header.getKey());
            json.append(':');
            JsonString.append(json, header.getValue());
            separator = ",";
        }
        return json.append("}}").toString();
    }

    /** Messages leave the value out: it may hold what nobody else should read. */
    private static void check(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(Prelude::isToken)) {
            throw new IllegalArgumentException("header name: not an HTTP token");
        }
        if (value.chars().anyMatch(c -> c != '\t' && (c < ' ' || c == 0x7f))) {
            throw new IllegalArgumentException(name + ": a control character (expected: none)");
        }
    }

    private static boolean isToken(int c) {
        return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
}
