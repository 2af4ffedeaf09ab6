package network.cortensor.portal.operator.frame;

import java.util.List;
import network.cortensor.portal.operator.console.Colours;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Console.Form;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command speaks. */
public final class OutputOptions {
    private final Workplace workplace;

    @Option(names = "--json", description = "Write the result as one JSON value; its keys are stable (see json.md).")
    private boolean json;

    @Option(
            names = "--fields",
            split = ",",
            paramLabel = "KEY",
            description = "With --json: only these keys of the result, separated by commas.")
    private List<String> fields = List.of();

    @Option(names = "--no-color", description = "Show no colours; NO_COLOR in the shell does the same.")
    private boolean noColour;

    private @Nullable Console console;

    public OutputOptions(Workplace workplace) {
        this.workplace = workplace;
    }

    /** The command's only one, once its options are read. */
    public Console console() {
        if (console == null) {
            console = new Console(
                    workplace.terminal(),
                    json ? Form.JSON : Form.TEXT,
                    noColour ? Colours.OFF : usual(workplace),
                    List.copyOf(fields));
        }
        return console;
    }

    /** What the shell wants of every program. */
    public static Colours usual(Workplace workplace) {
        boolean off = !workplace.variable("NO_COLOR").isEmpty()
                || !workplace.terminal().obeys()
                || workplace.terminal().columns().isEmpty();
        return off ? Colours.OFF : Colours.SHOWN;
    }
}
