package network.cortensor.portal.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A body in HTTP's chunked coding: each write is one chunk and one write to the socket. Closing it ends nothing, because a stream is
 * also closed when something went wrong. Used by one thread at a time.
 */
final class ChunkedBody extends OutputStream {
    private final OutputStream out;
    private final Consent consent;
    private boolean ended;

    ChunkedBody(OutputStream out, Consent consent) {
        this.out = out;
        this.consent = consent;
    }

    /** Whether the other side still wants the body. Asked before each write. */
    @FunctionalInterface
    interface Consent {
        /** @throws IOException if it has refused the rest */
        void require() throws IOException;
    }

    /** These bytes as one chunk; there must be at least one, because an empty chunk is the end. */
    static byte[] chunk(byte[] bytes) {
        return chunk(bytes, 0, bytes.length);
    }

    private static byte[] chunk(byte[] bytes, int offset, int length) {
        byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[size.length + length + 2];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(bytes, offset, chunk, size.length, length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (ended) {
            throw new IOException("the answer has ended");
        }
        if (length > 0) {
            consent.require();
            out.write(chunk(bytes, offset, length));
        }
    }

    /** Ends the body as a whole one; changes nothing if it has ended already. */
    void end() throws IOException {
        end("");
    }

    /** Ends the body as one that broke off; changes nothing if it has ended already. */
    void breakOff(FunctionError error) throws IOException {
        String body = Base64.getEncoder().encodeToString(error.json());
        end("Lambda-Runtime-Function-Error-Type: " + error.type() + "\r\n"
                + ("Lambda-Runtime-Function-Error-Body: " + body + "\r\n"));
    }

    private void end(String trailers) throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        consent.require();
        out.write(("0\r\n" + trailers + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
