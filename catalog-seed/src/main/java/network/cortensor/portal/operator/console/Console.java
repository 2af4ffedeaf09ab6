package network.cortensor.portal.operator.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The one place through which commands speak. Results go to standard output, as text or, with {@code --json}, as one JSON value;
 * questions, progress and errors go to standard error. For one thread.
 */
public final class Console {
    private static final ObjectMapper JSON_VALUES = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private final Terminal terminal;
    private final Form form;
    private final Colours colours;
    private final Colours noteColours;
    private final List<String> keys;
    private Set<String> possible = Set.of();

    /** For whom results are written. */
    public enum Form {
        TEXT,
        JSON
    }

    /** @param colours on a terminal; what is piped on has none in any case */
    public Console(Terminal terminal, Form form, Colours colours) {
        this(terminal, form, colours, List.of());
    }

    /** @param keys the only ones of a JSON result that are written; all if there are none */
    public Console(Terminal terminal, Form form, Colours colours, List<String> keys) {
        this.keys = keys;
        this.terminal = terminal;
        this.form = form;
        this.colours = terminal.columns().isPresent() && terminal.obeys() ? colours : Colours.OFF;
        this.noteColours = terminal.errorColumns().isPresent() && terminal.obeys() ? colours : Colours.OFF;
    }

    /**
     * Refuses {@code --fields} that the result will not have. A command that writes calls it first: otherwise it would complain of them when all is written,
     * and a new key would never be shown.
     *
     * @param possible every key that the result may have; of these, one that it turns out not to have is null
     * @throws UnknownKey if another one was asked for
     */
    public void expect(Set<String> possible) {
        this.possible = possible;
        if (form == Form.JSON) {
            keys.stream().filter(key -> !possible.contains(key)).findFirst().ifPresent(key -> {
                throw new UnknownKey(key, new TreeSet<>(possible));
            });
        }
    }

    /** The command's result. */
    public void report(Report report) {
        switch (form) {
            case TEXT -> report.print(this);
            case JSON -> terminal.out().println(json(chosen(report.json())));
        }
        terminal.out().flush();
    }

    private Object chosen(Object result) {
        if (keys.isEmpty()) {
            return result;
        }
        Map<String, Object> all = JSON_VALUES.convertValue(result, OBJECT);
        Map<String, Object> chosen = new LinkedHashMap<>();
        for (String key : keys) {
            if (!all.containsKey(key) && !possible.contains(key)) {
                throw new UnknownKey(key, all.keySet());
            }
            chosen.put(key, all.get(key));
        }
        return chosen;
    }

    /** The result has no such key. */
    public static final class UnknownKey extends RuntimeException {
        UnknownKey(String key, Set<String> known) {
            super("--fields: " + key + ": unknown (expected: some of " + String.join(", ", known) + ")");
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report that is no JSON", e);
        }
    }

    public Form form() {
        return form;
    }

    /** A line of a result, for {@link Report#print}. */
    public void line(Span... spans) {
        terminal.out().println(styled(colours, spans));
    }

    public void line(String text) {
        line(Span.plain(text));
    }

    /** A table of a result, for {@link Report#print}. */
    public void table(Table table) {
        table.lines(terminal.columns(), colours).forEach(terminal.out()::println);
    }

    /** Beside the result: progress, advice, what an error is about. */
    public void note(Span... spans) {
        terminal.err().println(styled(noteColours, spans));
        terminal.err().flush();
    }

    public void note(String text) {
        note(Span.plain(text));
    }

    /** Where others write by themselves: a live view, a file on standard output, a secret from standard input. */
    public Terminal terminal() {
        return terminal;
    }

    /**
     * A line that shows how far a long command is.
     *
     * @param what is being done, such as {@code writing}
     * @param all how many there are to do; empty if nobody knows
     */
    public ProgressLine progress(String what, OptionalLong all) {
        return new ProgressLine(
                terminal.err(), what, all, terminal.obeys() ? terminal.errorColumns() : OptionalInt.empty());
    }

    /** Whether a result can be shown where the last one stands. */
    boolean redraws() {
        return terminal.columns().isPresent() && terminal.obeys();
    }

    /** Whether bars and the like may be drawn: what is piped on is plain. */
    public boolean drawn() {
        return terminal.columns().isPresent();
    }

    /** What the operator answers; empty if no terminal is there, or its input has ended. */
    public Optional<String> ask(String question) {
        if (!terminal.interactive()) {
            return Optional.empty();
        }
        prompt(question);
        return terminal.answer();
    }

    /** The same, unseen. */
    public Optional<String> askSecret(String question) {
        if (!terminal.interactive()) {
            return Optional.empty();
        }
        prompt(question);
        return terminal.secret();
    }

    private void prompt(String question) {
        terminal.out().flush();
        terminal.err().print(styled(noteColours, new Span(question + " ", Style.STRONG)));
        terminal.err().flush();
    }

    private static String styled(Colours shown, Span... spans) {
        return Arrays.stream(spans)
                .map(span -> shown.show(span.style(), span.text()))
                .collect(Collectors.joining());
    }
}
