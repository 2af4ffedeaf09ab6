package network.cortensor.portal.wire;

import java.net.URI;
import java.time.InstantSource;
import javax.net.ssl.SSLSocketFactory;

/**
 * What every exchange needs. Safe for use by many threads; holds no connection.
 *
 * @param tls whose trust decides which servers are who they say they are; names are checked besides
 */
public record WireSettings(Boundary boundary, Resolver resolver, SSLSocketFactory tls, InstantSource clock) {

    /** With the machine's own names, trust and clock. */
    public static WireSettings within(Boundary boundary) {
        return new WireSettings(
                boundary, Resolver.SYSTEM, (SSLSocketFactory) SSLSocketFactory.getDefault(), InstantSource.system());
    }

    /** One request's worth of connection, not opened yet. */
    public Exchange exchange() {
        return new Exchange(this);
    }

    static int portOf(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return secure(url) ? 443 : 80;
    }

    static boolean secure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }
}
