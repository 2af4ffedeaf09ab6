package network.cortensor.portal.testkit.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The body of one request, readable as it comes: a read returns what has arrived and never waits for more than one byte. Used by one
 * thread.
 */
final class RequestBody extends InputStream {
    private enum Framing {
        LENGTH,
        CHUNKED
    }

    private final InputStream in;
    private final Framing framing;
    /** Bytes of the body, or of its current chunk, that are still to come. */
    private long left;

    private boolean ended;
    private boolean betweenChunks;
    private Headers trailers = Headers.NONE;

    private RequestBody(InputStream in, Framing framing, long left) {
        this.in = in;
        this.framing = framing;
        this.left = left;
        this.ended = framing == Framing.LENGTH && left == 0;
    }

    static RequestBody of(Headers headers, InputStream in) throws BadRequest {
        List<String> lengths = headers.values("content-length");
        List<String> codings = headers.values("transfer-encoding");
        if (codings.isEmpty()) {
            return new RequestBody(in, Framing.LENGTH, lengths.isEmpty() ? 0 : length(lengths));
        }
        if (!lengths.isEmpty() || codings.size() != 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
            throw new BadRequest(400, "no single framing of the body");
        }
        return new RequestBody(in, Framing.CHUNKED, 0);
    }

    private static long length(List<String> lengths) throws BadRequest {
        String length = lengths.getFirst();
        if (lengths.size() != 1 || !length.matches("[0-9]{1,18}")) {
            throw new BadRequest(400, "no valid Content-Length");
        }
        return Long.parseLong(length);
    }

    /** What followed the last chunk; known once the body has been read to its end. */
    Headers trailers() {
        return trailers;
    }

    boolean ended() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ended && framing == Framing.CHUNKED && left == 0) {
            openChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the connection ended within the body");
        }
        left -= count;
        ended = framing == Framing.LENGTH && left == 0;
        return count;
    }

    private void openChunk() throws IOException {
        HeadReader reader = new HeadReader(in);
        if (betweenChunks && !reader.line().orElse("missing").isEmpty()) {
            throw new BadRequest(400, "a chunk is longer than it said");
        }
        betweenChunks = true;
        String line = reader.line().orElseThrow(() -> new EOFException("the connection ended between chunks"));
        String size = line.split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw new BadRequest(400, "no chunk size");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            trailers = reader.fields();
            ended = true;
        }
    }
}
