package network.cortensor.portal.api.http;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a customer reached the front, so that links and examples can lead there again. Nothing but plain addresses gets in: anything that
 * could mean something to a shell, a page or a program is taken for unknown.
 *
 * @param origin scheme, host and port
 * @param path as the customer sees it: a stage or a custom domain's base path may stand before the API's own
 */
public record Reached(String origin, String path) {
    /** Nothing is known. */
    public static final Reached UNKNOWN = new Reached("https://localhost", "/");

    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~/-]*");

    /** @param scheme {@code http}, or anything else for {@code https} */
    static Reached at(String scheme, String host, String path) {
        if (!HOST.matcher(host).matches()) {
            return UNKNOWN;
        }
        return new Reached(
                (scheme.equals("http") ? "http://" : "https://") + host,
                PATH.matcher(path).matches() ? path : "/");
    }

    /**
     * What stands before the API's own paths, without a slash at its end: empty, or as {@code /prod}.
     *
     * @param own the API's own path that was asked for
     */
    public String prefix(String own) {
        List<String> segments = HttpRequest.segments(path);
        int before = segments.size() - HttpRequest.segments(own).size();
        return before > 0 ? "/" + String.join("/", segments.subList(0, before)) : "";
    }
}
