package network.cortensor.portal.model;

import java.util.Locale;

/** How a pool's routers are asked when a customer wants a stream. */
public enum Streaming {
    /** The router streams, and its tokens are relayed as they come. */
    NATIVE,
    /** The router is asked for the whole answer, and the customer's stream is made from it: slower to the first token, loses no words. */
    BUFFERED;

    /** The word in tables and files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
