package network.cortensor.portal.api.http;

import java.util.Arrays;
import java.util.List;

/**
 * A customer's request.
 *
 * @param method in upper case
 * @param path without query, as the front wrote it: a custom domain's base path may stand before the API's own
 * @param reached how the customer got here
 */
public record HttpRequest(Front front, String method, String path, Headers headers, Body body, Reached reached) {

    /** The parts of the path between slashes; doubled and trailing slashes make none. */
    public List<String> segments() {
        return segments(path);
    }

    static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }
}
