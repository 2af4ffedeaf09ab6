package network.cortensor.portal.operator.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code portalctl keys show}. */
@Command(
        name = "show",
        description = "Shows one key: whose it is, what it may do, and whether it works.",
        footerHeading = "%nExamples:%n",
        footer = {"  portalctl keys show key-0123456789abcdef -e prod", "  pbpaste | portalctl keys show - -e prod"})
final class ShowKey implements Callable<Integer> {
    /** Far longer than any key. */
    private static final int MOST_BYTES = 1_000;

    private final Workplace workplace;

    @Mixin
    private final CommonOptions options;

    @Parameters(
            paramLabel = "KEY",
            description = "Its id; or - to find the one whose text comes from standard input, as a customer sent it.")
    private String key = "";

    ShowKey(Workplace workplace) {
        this.workplace = workplace;
        this.options = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        if (key.startsWith("ctk_")) {
            throw new CommandStopped(
                    ExitCode.USAGE,
                    "a key's text has no place on a command line, where histories keep it (expected: its id, or - and"
                            + " the text on standard input)");
        }
        try (Access access = options.open()) {
            KeyRegister register = KeyCommands.register(access);
            ApiKeysTable.Contents contents = register.contents();
            KeyRow row = key.equals("-") ? pasted(access, register) : KeyRegister.only(key, contents);
            KeyReport report = new KeyReport(row, contents, workplace.clock().instant());
            options.console().report(report);
            return report.problems().isEmpty() ? ExitCode.DONE.number() : ExitCode.FOUND.number();
        }
    }

    private KeyRow pasted(Access access, KeyRegister register) throws CommandStopped {
        KeyText text = KeyText.read(standardInput())
                .orElseThrow(() -> new CommandStopped(
                        ExitCode.FOUND, "that is no key: its form or its checksum is wrong (expected: ctk_…)"));
        if (!text.environment().equals(access.environment())) {
            throw new CommandStopped(
                    ExitCode.FOUND,
                    "a key of the environment " + text.environment() + " (expected: " + access.environment() + ")");
        }
        Optional<KeyRow> found = register.find(text.hash());
        return found.orElseThrow(() -> new CommandStopped(
                ExitCode.FOUND, "well-formed, and nobody's: no such key was ever made here, or it was deleted"));
    }

    private String standardInput() throws CommandStopped {
        try {
            return new String(workplace.terminal().in().readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new CommandStopped(ExitCode.USAGE, "standard input: cannot be read (expected: a key)");
        }
    }
}
