package network.cortensor.portal.operator.keys;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.frame.EditOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portalctl keys create}. */
@Command(
        name = "create",
        description = "Makes a key and shows it, once: only its hash is kept.",
        footerHeading = "%nExamples:%n",
        footer = {"  portalctl keys create -e prod --customer acme --plan free --models gpt-oss-20b --expires 90d"})
final class CreateKey implements Callable<Integer> {
    @Mixin
    private final CommonOptions options;

    @Mixin
    private final EditOptions edits;

    @Option(
            names = "--customer",
            paramLabel = "NAME",
            required = true,
            description = "The customer who gets the key. All keys of a customer share its limits.")
    private String customer = "";

    @Option(
            names = "--plan",
            paramLabel = "NAME",
            defaultValue = "free",
            description = "The plan, which says how much may be used (default: ${DEFAULT-VALUE}).")
    private String plan = "";

    @Option(
            names = "--models",
            paramLabel = "ALIAS",
            split = ",",
            description = "The only models that the key may use, separated by commas. Without it, all.")
    private List<String> models = List.of();

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "When the key ends: 90d, 2027-01-31 or 2027-01-31T12:00:00Z. Without it, never.")
    private Optional<String> expires = Optional.empty();

    @Option(names = "--note", paramLabel = "TEXT", description = "What it is for.")
    private Optional<String> note = Optional.empty();

    CreateKey(Workplace workplace) {
        this.options = new CommonOptions(workplace);
        this.edits = new EditOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        try (Access access = options.open()) {
            options.console().expect(NewKeyReport.KEYS);
            Edit edit = edits.edit("keys create");
            KeyOrder order = new KeyOrder(customer, plan, only(), expiry(edit.at()), note);
            edits.confirm(access.environment(), options.console());
            NewKey made = KeyCommands.register(access).create(order, edit);
            options.console().report(NewKeyReport.of(made, order.fields()));
            return ExitCode.DONE.number();
        }
    }

    private Optional<List<String>> only() {
        return models.isEmpty() ? Optional.empty() : Optional.of(models);
    }

    private Optional<Instant> expiry(Instant now) throws CommandStopped {
        if (expires.isEmpty()) {
            return Optional.empty();
        }
        Instant end = When.instant("--expires", expires.get(), now);
        if (!end.isAfter(now)) {
            throw new CommandStopped(
                    ExitCode.USAGE, "--expires: \"" + expires.get() + "\" is over (expected: a time to come)");
        }
        return Optional.of(end);
    }
}
