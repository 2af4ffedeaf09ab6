package network.cortensor.portal.operator.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import network.cortensor.portal.operator.console.Console.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written where one end is a terminal and the other is a file, where a terminal is narrow, and where it obeys nothing. */
class ConsoleTest {
    private static final String ESCAPE = "\u001b";

    private static Console console(ScriptedTerminal terminal) {
        return new Console(terminal, Form.TEXT, Colours.SHOWN);
    }

    private static void advance(ScriptedTerminal terminal, int all) {
        try (ProgressLine progress = console(terminal).progress("summing up keys", OptionalLong.of(all))) {
            for (int done = 0; done < all; done++) {
                progress.step();
            }
        }
    }

    private static void say(ScriptedTerminal terminal) {
        Console console = console(terminal);
        console.note(new Span("a note", Style.BAD));
        console.report(new Said());
    }

    private record Said() implements Report {
        @Override
        public void print(Console console) {
            console.line(new Span("a result", Style.GOOD));
        }

        @Override
        public Object json() {
            return List.of();
        }
    }

    /** A line that reached the last column would go on below, and stay there. */
    @ParameterizedTest
    @ValueSource(ints = {2, 10, 20, 30, 40, 41, 42, 80, 160})
    void progressIsAsWideAsThereIsRoomAndTakenAwayAtTheEnd(int columns) {
        ScriptedTerminal terminal = ScriptedTerminal.typing(columns);

        advance(terminal, 12_345);

        List<String> drawn = List.of(terminal.complained().split("\r|" + ESCAPE + "\\[K", -1));
        assertThat(drawn).allSatisfy(line -> assertThat(line.length()).isLessThan(columns));
        assertThat(terminal.complained()).endsWith("\r" + ESCAPE + "[K");
        if (columns >= 42) {
            assertThat(drawn).anyMatch(line -> line.endsWith(" 50 % of 12,345") && line.contains("█"));
        }
    }

    @Test
    void progressIsShownWhereOnlyTheResultGoesElsewhere() {
        ScriptedTerminal terminal = ScriptedTerminal.piped("").withErrorColumns(OptionalInt.of(80));

        advance(terminal, 100);

        assertThat(terminal.complained()).contains("100 % of 100");
        assertThat(terminal.written()).isEmpty();
    }

    @Test
    void whatGoesToAFileHasNoProgressAndNoColours() {
        ScriptedTerminal errorsInAFile = ScriptedTerminal.typing(80).withErrorColumns(OptionalInt.empty());
        ScriptedTerminal resultsInAFile = ScriptedTerminal.piped("").withErrorColumns(OptionalInt.of(80));

        advance(errorsInAFile, 100);
        say(errorsInAFile);
        say(resultsInAFile);

        assertThat(errorsInAFile.complained()).isEqualTo("a note" + System.lineSeparator());
        assertThat(errorsInAFile.written()).contains(ESCAPE);
        assertThat(resultsInAFile.written()).isEqualTo("a result" + System.lineSeparator());
    }

    @Test
    void aTerminalThatObeysNothingIsSentTextOnly() throws InterruptedException {
        ScriptedTerminal terminal = ScriptedTerminal.typing(80).dumb();

        advance(terminal, 100);
        say(terminal);
        new LiveView(terminal, () -> {}).show(new Said(), console(terminal));

        assertThat(terminal.written() + terminal.complained()).doesNotContain(ESCAPE, "\r");
        assertThat(terminal.written().lines()).containsExactly("a result", "a result");
    }

    /** Who watches for a while has lost nothing of what stood there before. */
    @Test
    void aViewLeavesWhatScrolledOutOfSight() throws InterruptedException {
        ScriptedTerminal terminal = ScriptedTerminal.typing(80);

        new LiveView(terminal, () -> {}).show(new Said(), console(terminal));

        assertThat(terminal.written())
                .startsWith(ESCAPE + "[H" + ESCAPE + "[2J")
                .doesNotContain(ESCAPE + "[3J");
    }
}
