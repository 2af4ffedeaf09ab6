package network.cortensor.portal.operator.file;

import java.util.List;
import java.util.concurrent.Callable;
import network.cortensor.portal.operator.edit.Change;
import network.cortensor.portal.operator.edit.ChangeReport;
import network.cortensor.portal.operator.edit.StoredCatalog;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portalctl diff}. */
@Command(
        name = "diff",
        description =
                "Shows what apply would change, field by field. Its exit code is 1 if that is anything, and 2 if the"
                        + " file has errors.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl diff catalog-seed/catalogs/prod.yaml -e prod",
            "  portalctl diff catalog-seed/catalogs/prod.yaml -e prod --prune --json"
        })
public final class Diff implements Callable<Integer> {
    @Mixin
    private final CommonOptions common;

    @Mixin
    private final FileArgument file = new FileArgument();

    @Mixin
    private final Pruning pruning = new Pruning();

    public Diff(Workplace workplace) {
        this.common = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        CatalogFile wanted = wanted();
        try (Access access = common.open()) {
            StoredCatalog stored = wanted.stored(access.dynamo(), access.tables());
            List<Change> changes = wanted.changesOf(stored, pruning.rest());
            common.console()
                    .report(ChangeReport.planned(
                            stored, changes, common.workplace().clock().instant()));
            return (changes.isEmpty() ? ExitCode.DONE : ExitCode.FOUND).number();
        }
    }

    /** A file with errors is compared with nothing, so it is not the exit code of a difference that says so. */
    private CatalogFile wanted() throws CommandStopped {
        try {
            return file.read();
        } catch (BadCatalogFile bad) {
            throw new CommandStopped(ExitCode.USAGE, bad.lines());
        }
    }
}
