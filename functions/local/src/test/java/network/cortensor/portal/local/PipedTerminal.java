package network.cortensor.portal.local;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import network.cortensor.portal.operator.console.Terminal;

/** What an operator's command reads and writes when nobody sits there. May be read while the command runs. */
final class PipedTerminal implements Terminal {
    private final StringWriter written = new StringWriter();
    private final StringWriter complained = new StringWriter();
    private final PrintWriter out = new PrintWriter(written, true);
    private final PrintWriter err = new PrintWriter(complained, true);

    private final InputStream in;

    PipedTerminal() {
        this("");
    }

    /** @param in what is piped in */
    PipedTerminal(String in) {
        this.in = new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8));
    }

    String written() {
        return written.toString();
    }

    String complained() {
        return complained.toString();
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
        return OptionalInt.empty();
    }

    @Override
    public OptionalInt errorColumns() {
        return OptionalInt.empty();
    }

    @Override
    public boolean obeys() {
        return false;
    }

    @Override
    public boolean interactive() {
        return false;
    }

    @Override
    public Optional<String> answer() {
        return Optional.empty();
    }

    @Override
    public Optional<String> secret() {
        return Optional.empty();
    }
}
