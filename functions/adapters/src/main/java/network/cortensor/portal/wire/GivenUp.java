package network.cortensor.portal.wire;

import java.io.IOException;

/** Another thread has ended the exchange; what becomes of it interests nobody. */
final class GivenUp extends IOException {
    GivenUp() {
        super("given up");
    }
}
