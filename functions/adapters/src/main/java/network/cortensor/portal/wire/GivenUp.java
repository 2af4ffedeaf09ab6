package network.cortensor.portal.wire;

import java.io.IOException;

/** Another thread has ended the exchange, and no thread waits for its result. */
final class GivenUp extends IOException {
    GivenUp() {
        super("given up");
    }
}
