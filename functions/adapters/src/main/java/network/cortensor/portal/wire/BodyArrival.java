package network.cortensor.portal.wire;

import java.io.IOException;
import java.time.Duration;

/** How the bytes of a body come in: what reading it would wait for, and for how long. Used by the thread that reads. */
interface BodyArrival {
    /** All of it can be read without a wait. */
    BodyArrival AT_HAND = new BodyArrival() {
        @Override
        public boolean isThere() {
            return true;
        }

        @Override
        public void within(Duration wait) {}
    };

    /** Whether a byte was read from the socket already. More may stand in the socket: to look there would cost a call of the system for every token. */
    boolean isThere();

    /** Lets each read from now on wait so long, 1 ms at least, and then fail with a {@link java.net.SocketTimeoutException}. */
    void within(Duration wait) throws IOException;
}
