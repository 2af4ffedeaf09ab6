package network.cortensor.portal.operator.console;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;

/** A terminal whose answers are known beforehand, and which remembers what it was shown. */
public final class ScriptedTerminal implements Terminal {
    private final StringWriter written = new StringWriter();
    private final StringWriter complained = new StringWriter();
    private final PrintWriter out = new PrintWriter(written);
    private final PrintWriter err = new PrintWriter(complained);
    private final OptionalInt columns;
    private final InputStream in;
    private final Queue<String> answers;
    private final boolean interactive;
    private OptionalInt errorColumns;
    private boolean obeys = true;
    private Runnable beforeAnswer = () -> {};

    private ScriptedTerminal(OptionalInt columns, String in, List<String> answers, boolean interactive) {
        this.columns = columns;
        this.errorColumns = columns;
        this.in = new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8));
        this.answers = new ArrayDeque<>(answers);
        this.interactive = interactive;
    }

    /** Nobody is there; {@code in} is piped in. */
    public static ScriptedTerminal piped(String in) {
        return new ScriptedTerminal(OptionalInt.empty(), in, List.of(), false);
    }

    /** Somebody is there, and types these lines when asked. */
    public static ScriptedTerminal typing(int columns, String... answers) {
        return new ScriptedTerminal(OptionalInt.of(columns), "", List.of(answers), true);
    }

    /** What goes to standard error goes elsewhere than the results: to a terminal of so many columns, or to none. */
    ScriptedTerminal withErrorColumns(OptionalInt value) {
        errorColumns = value;
        return this;
    }

    /** One that shows each character and does nothing else. */
    ScriptedTerminal dumb() {
        obeys = false;
        return this;
    }

    /** What happens while somebody thinks about an answer. */
    public ScriptedTerminal beforeAnswer(Runnable happens) {
        beforeAnswer = happens;
        return this;
    }

    public String written() {
        out.flush();
        return written.toString();
    }

    public String complained() {
        err.flush();
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
        return columns;
    }

    @Override
    public OptionalInt errorColumns() {
        return errorColumns;
    }

    @Override
    public boolean obeys() {
        return obeys;
    }

    @Override
    public boolean interactive() {
        return interactive;
    }

    @Override
    public Optional<String> answer() {
        beforeAnswer.run();
        return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<String> secret() {
        return answer();
    }
}
