package network.cortensor.portal.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import network.cortensor.portal.model.Failure;

/**
 * A body's lines, each as soon as its line feed has come. What follows the last line feed is no line: it may be half of one. Used by one thread
 * at a time.
 */
public final class Lines {
    private static final int BUFFER = 8 * 1024;

    private final InputStream in;
    private final BodyArrival arrival;
    private final Bounds bounds;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private byte[] buffer;
    private int position;
    private int filled;
    private long read;

    /** @param ahead bytes before those of {@code in} */
    Lines(InputStream in, BodyArrival arrival, byte[] ahead, Bounds bounds) {
        this.in = in;
        this.arrival = arrival;
        this.bounds = bounds;
        this.buffer = ahead;
        this.filled = ahead.length;
    }

    /** Of bytes at hand. */
    Lines(InputStream in, int longest, long most) {
        this(in, BodyArrival.AT_HAND, new byte[0], new Bounds(longest, most));
    }

    /**
     * In bytes.
     *
     * @param longest of a line
     * @param most of all lines
     */
    record Bounds(int longest, long most) {}

    /**
     * The next line, without its end, if it comes within the time; of a wait of zero, if all of it was read from the socket already.
     *
     * @param wait of each read that it takes
     */
    public Line next(Duration wait) {
        try {
            while (true) {
                int from = position;
                while (position < filled && buffer[position] != '\n') {
                    position++;
                }
                if (begun.size() + position - from > bounds.longest() || read > bounds.most()) {
                    return new Line.Broken(new Failure.Oversized());
                }
                if (position < filled) {
                    return new Line.Text(text(from, position++));
                }
                begun.write(buffer, from, position - from);
                if (wait.isZero() && !arrival.isThere()) {
                    return Line.NOT_YET;
                }
                arrival.within(wait);
                if (!fill()) {
                    return new Line.End();
                }
            }
        } catch (SocketTimeoutException e) {
            return Line.NOT_YET;
        } catch (IOException e) {
            return new Line.Broken(new Failure.Cut());
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        filled = 0;
        if (buffer.length < BUFFER) {
            buffer = new byte[BUFFER];
        }
        filled = Math.max(0, in.read(buffer));
        read += filled;
        return filled > 0;
    }

    /** Up to a line feed, without a carriage return before it. */
    private String text(int from, int to) {
        if (begun.size() == 0) {
            int end = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
            return new String(buffer, from, end - from, StandardCharsets.UTF_8);
        }
        begun.write(buffer, from, to - from);
        String text = begun.toString(StandardCharsets.UTF_8);
        begun.reset();
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** What comes next in a body. */
    public sealed interface Line {
        Line NOT_YET = new NotYet();

        record Text(String text) implements Line {}

        /** No line has come in time; what came of one is kept. */
        record NotYet() implements Line {}

        /** The body ended as its framing says. */
        record End() implements Line {}

        record Broken(Failure failure) implements Line {}
    }
}
