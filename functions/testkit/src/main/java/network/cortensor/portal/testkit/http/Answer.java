package network.cortensor.portal.testkit.http;

import java.io.IOException;
import network.cortensor.portal.testkit.wire.ServerExchange;

/**
 * The way back to the client, byte by byte. Used by one thread.
 *
 * <p>A peer that is gone is no error here: what is written to it is discarded, because what a simulated peer does may not depend on
 * whether somebody still listens.
 */
public final class Answer {
    private final ServerExchange exchange;
    private boolean over;

    Answer(ServerExchange exchange) {
        this.exchange = exchange;
    }

    public void send(CannedReply reply) {
        write(reply.bytes());
    }

    /** Sends these bytes and nothing else, at once. */
    public void write(byte[] bytes) {
        if (over) {
            return;
        }
        try {
            exchange.write(bytes);
        } catch (IOException e) {
            over = true;
        }
    }

    /** Breaks the connection: the peer gets a TCP reset. */
    public void reset() {
        end(exchange::reset);
    }

    /** Closes the connection in an orderly way, wherever the answer stands. */
    public void hangUp() {
        end(exchange::breakOff);
    }

    /** A way to end a connection. */
    private interface End {
        void run() throws IOException;
    }

    private void end(End end) {
        over = true;
        try {
            end.run();
        } catch (IOException e) {
            // The peer was faster; closed is closed.
        }
    }
}
