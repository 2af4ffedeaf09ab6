package network.cortensor.portal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import network.cortensor.portal.model.Failure;

/**
 * The content of an answer, read once: either as a whole or line by line. Bytes that are no UTF-8 become replacement characters. A byte
 * order mark at the beginning, which some servers write, belongs to no text and is left out.
 *
 * <p>It is never closed by itself: HttpCore would read it to its end first. Its exchange closes the connection.
 */
public final class ResponseBody {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Ahead in;
    private final BodyArrival arrival;

    /** One whose bytes are at hand. */
    ResponseBody(InputStream in) {
        this(in, BodyArrival.AT_HAND);
    }

    ResponseBody(InputStream in, BodyArrival arrival) {
        this.in = new Ahead(in);
        this.arrival = arrival;
    }

    /** Reads all of it, if it is no longer than {@code most} bytes. */
    public Whole whole(int most) {
        try {
            skipByteOrderMark();
            byte[] bytes = in.readNBytes(most + 1);
            return bytes.length > most
                    ? new Whole.Broken(new Failure.Oversized())
                    : new Whole.Text(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Whole.Broken(new Failure.Cut());
        }
    }

    /**
     * Reads it line by line. Waits for the first byte.
     *
     * @param longest of a line, in bytes
     * @param most of all lines, in bytes
     */
    public Lines lines(int longest, long most) {
        try {
            skipByteOrderMark();
        } catch (IOException e) {
            return new Lines(new Broken(e), longest, most);
        }
        return new Lines(in, arrival, in.ahead(), new Lines.Bounds(longest, most));
    }

    /** Skips blanks and looks at what follows: a character of ASCII, or 0 for anything else. */
    public char peek() {
        try {
            skipByteOrderMark();
            int next = in.read();
            while (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
                next = in.read();
            }
            if (next < 0) {
                return 0;
            }
            in.unread(next);
            return next < 128 ? (char) next : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Looks no further than the bytes are a mark's, because a stream's next byte may be a long time coming. */
    private void skipByteOrderMark() throws IOException {
        for (int read = 0; read < BYTE_ORDER_MARK.length; read++) {
            int next = in.read();
            if (next != Byte.toUnsignedInt(BYTE_ORDER_MARK[read])) {
                if (next >= 0) {
                    in.unread(next);
                }
                in.unread(BYTE_ORDER_MARK, 0, read);
                return;
            }
        }
    }

    /** Bytes that were looked at already, before the others. A read of both that ran out of time would lose the first. */
    private static final class Ahead extends PushbackInputStream {
        Ahead(InputStream in) {
            super(in, BYTE_ORDER_MARK.length);
        }

        /** What was looked at, which is not read again. */
        byte[] ahead() {
            byte[] ahead = Arrays.copyOfRange(buf, pos, buf.length);
            pos = buf.length;
            return ahead;
        }
    }

    /** A body that broke before its first byte. */
    private static final class Broken extends InputStream {
        private final IOException cause;

        Broken(IOException cause) {
            this.cause = cause;
        }

        @Override
        public int read() throws IOException {
            throw cause;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            throw cause;
        }
    }

    /** What a body that was to be read whole turned out to be. */
    public sealed interface Whole {
        record Text(String text) implements Whole {}

        record Broken(Failure failure) implements Whole {}
    }
}
