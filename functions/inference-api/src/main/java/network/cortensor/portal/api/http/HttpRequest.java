package network.cortensor.portal.api.http;

import java.util.Arrays;
import java.util.List;

/**
 * A customer's request.
 *
 * @param method in upper case
 * @param path without query, as the front wrote it: a custom domain's base path may stand before the API's own
 * @param own the path behind a custom domain's base path, where the front tells it apart; otherwise the same
 * @param reached how the customer got here
 */
public record HttpRequest(
        Front front, String method, String path, String own, RequestHeaders headers, Body body, Reached reached) {

    /** The parts of the path between slashes; doubled and trailing slashes make none. */
    public List<String> segments() {
        return segments(path);
    }

    /** The parts of the API's own path. */
    public List<String> ownSegments() {
        return segments(own);
    }

    static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }
}
