package network.cortensor.portal.wire;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent.
 *
 * @param headers beside {@code Host}, {@code Connection} and {@code Content-Length}
 * @param body empty for none
 */
public record Request(String method, URI url, Map<String, String> headers, String body) {
    public Request {
        headers = Map.copyOf(headers);
    }

    public static Request get(URI url, Map<String, String> headers) {
        return new Request("GET", url, headers, "");
    }

    public static Request post(URI url, Map<String, String> headers, String body) {
        return new Request("POST", url, headers, body);
    }

    /** The same with one header more. */
    public Request with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Request(method, url, more, body);
    }

    /** Credentials and content stay out of logs. */
    @Override
    public String toString() {
        return "Request[" + method + ", " + body.length() + " characters]";
    }
}
