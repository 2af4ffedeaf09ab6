package network.cortensor.portal.testkit.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;

/**
 * The way back to whoever asked, byte by byte. Used by one thread.
 *
 * <p>A peer that is gone is no error here: what is written to it is discarded, because what a simulated peer does may not depend on
 * whether somebody still listens.
 */
public final class Answer {
    private final Socket socket;
    private final OutputStream out;
    private boolean over;

    Answer(Socket socket, OutputStream out) {
        this.socket = socket;
        this.out = out;
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
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            over = true;
        }
    }

    /** Breaks the connection: the peer gets a TCP reset. */
    public void reset() {
        over = true;
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // Closed already, and there is nothing left to break.
            return;
        }
        close();
    }

    /** Closes the connection in an orderly way, wherever the answer stands. */
    public void hangUp() {
        over = true;
        close();
    }

    /** Whether the connection can carry another request. */
    boolean isOpen() {
        return !over;
    }

    private void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The peer was faster; closed is closed.
        }
    }
}
