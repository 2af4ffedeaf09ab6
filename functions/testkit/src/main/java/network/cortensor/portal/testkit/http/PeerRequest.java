package network.cortensor.portal.testkit.http;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it came in.
 *
 * @param path without the query, not decoded
 * @param query what follows the question mark, not decoded; empty if there is none
 * @param headers by name in any case; of a repeated header the last
 * @param body as UTF-8, empty if there is none
 * @param connection which of the server's connections it came over, counted from 1
 */
public record PeerRequest(
        String method, String path, String query, Map<String, String> headers, String body, long connection) {

    public PeerRequest {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = Collections.unmodifiableMap(anyCase);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Bodies hold prompts and headers hold keys: neither is shown. */
    @Override
    public String toString() {
        return "HttpRequest[" + method + " " + path + ", connection " + connection + "]";
    }
}
