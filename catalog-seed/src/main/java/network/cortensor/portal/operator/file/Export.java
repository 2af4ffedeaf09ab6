package network.cortensor.portal.operator.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.ProgressLine;
import network.cortensor.portal.operator.edit.StoredCatalog;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code portalctl export}. */
@Command(
        name = "export",
        description = {
            "Writes the tables as a catalog file that apply finds unchanged; with --json, as JSON.",
            "Who changed an item last, and attributes that no rule reads, are left out."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  portalctl export -e prod > prod.yaml", "  portalctl export prod.json -e prod --json"})
public final class Export implements Callable<Integer> {
    @Mixin
    private final CommonOptions common;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A file that does not exist yet. Without it, standard output.")
    private Optional<Path> file = Optional.empty();

    public Export(Workplace workplace) {
        this.common = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        Console console = common.console();
        try (Access access = common.open()) {
            StoredCatalog stored = read(access, console);
            stored.understood().problems().stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .forEach(problem -> console.note(problem + ": apply will refuse the file for it"));
            CatalogText text = new CatalogText(stored, access.environment());
            if (file.isPresent()) {
                write(file.get(), console.form() == Console.Form.TEXT ? text.yaml() : text.pretty());
                console.note(file.get() + ": " + stored.items().size() + " items");
            } else {
                console.report(text);
            }
        }
        return ExitCode.DONE.number();
    }

    private static StoredCatalog read(Access access, Console console) throws CommandStopped {
        try (ProgressLine progress = console.progress("reading", OptionalLong.empty())) {
            return StoredCatalog.read(access.dynamo(), access.tables(), progress::step)
                    .withPlans(access.dynamo(), access.tables());
        }
    }

    private static void write(Path file, String text) throws CommandStopped {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new CommandStopped(ExitCode.USAGE, file + ": exists (expected: the name of a new file)");
        } catch (IOException e) {
            throw new CommandStopped(ExitCode.USAGE, file + ": cannot be written (expected: a place for a new file)");
        }
    }
}
