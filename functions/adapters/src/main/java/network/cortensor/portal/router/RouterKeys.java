package network.cortensor.portal.router;

import java.net.URI;

/**
 * The keys that routers want. Implementations are safe for use by many threads, and never throw for what the store of keys does.
 *
 * <p>A key belongs to a host and port, so a target that names another place never gets it.
 *
 * <p>The thread of an attempt or of a look at a router calls it before it connects. A key that is remembered does not block. Otherwise a call blocks for one trip to the store,
 * at most 3 s, and the attempt's time to connect runs meanwhile.
 */
public interface RouterKeys {
    /** The key of the router at this URL; only the URL's scheme, host and port matter. Blocks while it is read. */
    RouterKey keyFor(URI routerUrl);

    /** The router has refused the key with a 401: it is read again before it is used again. */
    void refused(URI routerUrl);

    /** What there is to present to a router. */
    sealed interface RouterKey {
        record Bearer(String value) implements RouterKey {
            /** Keys stay out of logs. */
            @Override
            public String toString() {
                return "Bearer";
            }
        }

        /** The router wants no key, and an operator has said so. */
        record NotNeeded() implements RouterKey {}

        /** There is no key, or it cannot be read: nothing may be sent. */
        record Unavailable() implements RouterKey {}
    }

    /** For routers that want no key at all, as on a developer's machine. */
    RouterKeys NONE = new RouterKeys() {
        @Override
        public RouterKey keyFor(URI routerUrl) {
            return new RouterKey.NotNeeded();
        }

        @Override
        public void refused(URI routerUrl) {}
    };
}
