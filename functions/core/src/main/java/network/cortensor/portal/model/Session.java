package network.cortensor.portal.model;

import java.net.URI;
import java.util.Locale;

/**
 * What slots protect: one dedicated session on one router, whatever targets point at it. Renamed, moved or doubled targets
 * share it.
 *
 * @param router {@code host:port} in lower case
 * @param id the session's number on that router; for an OpenAI-compatible server the upstream model's name
 */
public record Session(String router, String id) {

    /** The router's part of a session key: host and port, with the scheme's own port where none is written. */
    public static String routerOf(URI routerUrl) {
        int port = routerUrl.getPort();
        if (port < 0) {
            port = "https".equalsIgnoreCase(routerUrl.getScheme()) ? 443 : 80;
        }
        return routerUrl.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }
}
