package network.cortensor.portal.operator;

import java.net.URI;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import network.cortensor.portal.operator.console.Colours;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.credential.Credential;
import network.cortensor.portal.operator.credential.CredentialPut;
import network.cortensor.portal.operator.doctor.Doctor;
import network.cortensor.portal.operator.explain.Explain;
import network.cortensor.portal.operator.file.Apply;
import network.cortensor.portal.operator.file.BadCatalogFile;
import network.cortensor.portal.operator.file.Diff;
import network.cortensor.portal.operator.file.Export;
import network.cortensor.portal.operator.file.Validate;
import network.cortensor.portal.operator.frame.AwsWords;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.OptionValues;
import network.cortensor.portal.operator.frame.OutputOptions;
import network.cortensor.portal.operator.frame.Workplace;
import network.cortensor.portal.operator.history.History;
import network.cortensor.portal.operator.history.Rollback;
import network.cortensor.portal.operator.keys.KeyCommands;
import network.cortensor.portal.operator.lifecycle.Drain;
import network.cortensor.portal.operator.lifecycle.Shift;
import network.cortensor.portal.operator.lifecycle.StateCommand;
import network.cortensor.portal.operator.probe.Probe;
import network.cortensor.portal.operator.slots.SlotCommands;
import network.cortensor.portal.operator.status.Status;
import network.cortensor.portal.operator.trace.TraceCommand;
import network.cortensor.portal.operator.usage.UsageCommand;
import network.cortensor.portal.settings.BadSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import software.amazon.awssdk.core.exception.SdkException;

/** The operators' command line: every command is put in its place here. */
@Command(
        name = "portalctl",
        description =
                "For operators of the router pools: which models are served, by which targets, and whether they work.",
        version = "portalctl 1.0",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nTry it on the local product (mvn -Plocal):%n",
        footer = "  portalctl status --environment local --endpoint-url <the DynamoDB address that it prints>")
public final class Portalctl {
    /** Long lines are hard to read in a help text, and 80 columns are too few for ours. */
    private static final int HELP_COLUMNS = 100;

    private Portalctl() {}

    /** The whole tool, for one command of an operator at {@code workplace}. */
    public static CommandLine commandLine(Workplace workplace) {
        CommandLine root = new CommandLine(new Portalctl())
                .addSubcommand(new Status(workplace))
                .addSubcommand(new Explain(workplace))
                .addSubcommand(new Drain(workplace))
                .addSubcommand(new StateCommand.Pause(workplace))
                .addSubcommand(new StateCommand.Degrade(workplace))
                .addSubcommand(new StateCommand.Resume(workplace))
                .addSubcommand(new Shift(workplace))
                .addSubcommand(new TraceCommand(workplace))
                .addSubcommand(new Probe(workplace))
                .addSubcommand(new Validate(workplace))
                .addSubcommand(new Diff(workplace))
                .addSubcommand(new Apply(workplace))
                .addSubcommand(new Export(workplace))
                .addSubcommand(new History(workplace))
                .addSubcommand(new Rollback(workplace))
                .addSubcommand(new CommandLine(new Credential()).addSubcommand(new CredentialPut(workplace)))
                .addSubcommand(KeyCommands.keys(workplace))
                .addSubcommand(KeyCommands.plan(workplace))
                .addSubcommand(SlotCommands.slots(workplace))
                .addSubcommand(new UsageCommand(workplace))
                .addSubcommand(new Doctor(workplace))
                .addSubcommand(new Completion(workplace));
        settle(root, workplace);
        return root;
    }

    /** What holds for every command, after all of them are there. */
    private static void settle(CommandLine root, Workplace workplace) {
        Ansi ansi = OutputOptions.usual(workplace) == Colours.SHOWN ? Ansi.ON : Ansi.OFF;
        root.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
        root.setOut(workplace.terminal().out());
        root.setErr(workplace.terminal().err());
        root.setUsageHelpWidth(Math.clamp(workplace.terminal().columns().orElse(HELP_COLUMNS), 60, HELP_COLUMNS));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.registerConverter(LocalDate.class, OptionValues::date);
        root.registerConverter(URI.class, OptionValues::address);
        root.registerConverter(int.class, OptionValues::whole);
        root.registerConverter(Integer.class, OptionValues::whole);
        root.setExecutionExceptionHandler((exception, command, parsed) -> failed(command, exception));
        root.setParameterExceptionHandler((exception, args) -> misused(exception));
        standardHelp(root);
        root.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes());
    }

    private static void standardHelp(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getSubcommands().values().forEach(Portalctl::standardHelp);
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            meanings.put(Integer.toString(code.number()), code.meaning());
        }
        return meanings;
    }

    private static int misused(ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(exception.getMessage() + " (see " + name + " --help)");
        return ExitCode.USAGE.number();
    }

    private static int failed(CommandLine command, Exception exception) {
        CommandStopped stopped = stopped(exception);
        stopped.lines().forEach(command.getErr()::println);
        command.getErr().flush();
        return stopped.exitCode().number();
    }

    /** What an operator is told instead of a stack trace. */
    private static CommandStopped stopped(Exception exception) {
        return switch (exception) {
            case CommandStopped known -> known;
            case BadCatalogFile.Unreadable unreadable -> new CommandStopped(ExitCode.USAGE, unreadable.lines());
            case BadCatalogFile bad -> new CommandStopped(ExitCode.FOUND, bad.lines());
            case Console.UnknownKey unknown ->
                new CommandStopped(ExitCode.USAGE, Objects.toString(unknown.getMessage()));
            case BadSettings bad -> new CommandStopped(ExitCode.USAGE, Objects.toString(bad.getMessage()));
            case SdkException aws -> new CommandStopped(ExitCode.AWS, AwsWords.of(aws));
            default -> new CommandStopped(ExitCode.FAULT, List.of("portalctl is at fault: " + exception));
        };
    }
}
