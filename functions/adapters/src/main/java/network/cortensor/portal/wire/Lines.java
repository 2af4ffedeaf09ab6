package network.cortensor.portal.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import network.cortensor.portal.model.Failure;

/** A body's lines, each as soon as its line feed has come. What follows the last line feed is no line: it may be half of one. */
public final class Lines {
    private final InputStream in;
    private final int longest;
    private final long most;
    private final byte[] buffer = new byte[8 * 1024];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int filled;
    private long read;

    Lines(InputStream in, int longest, long most) {
        this.in = in;
        this.longest = longest;
        this.most = most;
    }

    /** The next line, without its end. */
    public Line next() {
        line.reset();
        while (true) {
            int from = position;
            while (position < filled && buffer[position] != '\n') {
                position++;
            }
            line.write(buffer, from, position - from);
            if (line.size() > longest || read > most) {
                return new Line.Broken(new Failure.Oversized());
            }
            if (position < filled) {
                position++;
                return new Line.Text(text());
            }
            try {
                if (!fill()) {
                    return new Line.End();
                }
            } catch (IOException e) {
                return new Line.Broken(new Failure.Cut());
            }
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        filled = Math.max(0, in.read(buffer));
        read += filled;
        return filled > 0;
    }

    private String text() {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** What comes next in a body. */
    public sealed interface Line {
        record Text(String text) implements Line {}

        /** The body ended as its framing says. */
        record End() implements Line {}

        record Broken(Failure failure) implements Line {}
    }
}
