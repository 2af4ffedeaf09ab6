package network.cortensor.portal.operator.console;

import java.io.Console;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** This process's own streams. The script that starts the process says which of them are terminals, because Java knows only whether both are. */
public final class SystemTerminal implements Terminal {
    /** What is assumed of a terminal that does not say how wide it is. */
    static final int USUAL = 80;

    /** The kind of terminal that shows each character and does nothing else, such as the one within an editor. */
    private static final String DUMB = "dumb";

    private final PrintWriter out = writer(FileDescriptor.out);
    private final PrintWriter err = writer(FileDescriptor.err);
    private final InputStream in;
    private final Ends ends;
    private final String kind;

    /**
     * Which ends are terminals.
     *
     * @param in whether input comes from a terminal
     * @param out whether output goes to a terminal
     * @param err whether everything else that is written goes to a terminal
     */
    public record Ends(boolean in, boolean out, boolean err) {
        /** A person at a terminal. */
        public static final Ends ALL = new Ends(true, true, true);

        /** @param letters {@code i}, {@code o} and {@code e} for the ends that are terminals */
        public static Ends of(String letters) {
            return new Ends(letters.contains("i"), letters.contains("o"), letters.contains("e"));
        }
    }

    /** @param kind of terminal, as the variable {@code TERM} has it */
    public SystemTerminal(InputStream in, Ends ends, String kind) {
        this.in = in;
        this.ends = ends;
        this.kind = kind;
    }

    private static PrintWriter writer(FileDescriptor end) {
        return new PrintWriter(new FileOutputStream(end), true, StandardCharsets.UTF_8);
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public PrintWriter err() {
        return err;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OptionalInt columns() {
        return ends.out() ? OptionalInt.of(width()) : OptionalInt.empty();
    }

    @Override
    public OptionalInt errorColumns() {
        return ends.err() ? OptionalInt.of(width()) : OptionalInt.empty();
    }

    @Override
    public boolean obeys() {
        return !kind.equals(DUMB);
    }

    /** Asked anew each time: windows change while somebody watches. */
    private static int width() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
            return ended && size.matches("\\d{1,4} [1-9]\\d{1,3}")
                    ? Integer.parseInt(size.substring(size.indexOf(' ') + 1))
                    : USUAL;
        } catch (IOException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    @Override
    public boolean interactive() {
        return ends.in();
    }

    @Override
    public Optional<String> answer() {
        StringBuilder line = new StringBuilder();
        try {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            while (next >= 0 && next != '\n') {
                line.append((char) next);
                next = in.read();
            }
            return Optional.of(line.toString().strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> secret() {
        return ends.in()
                ? Optional.ofNullable(System.console())
                        .map(Console::readPassword)
                        .map(String::new)
                : Optional.empty();
    }
}
