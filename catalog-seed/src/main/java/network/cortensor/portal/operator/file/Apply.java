package network.cortensor.portal.operator.file;

import java.util.List;
import java.util.concurrent.Callable;
import network.cortensor.portal.operator.edit.Change;
import network.cortensor.portal.operator.edit.Editing;
import network.cortensor.portal.operator.edit.StoredCatalog;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.EditOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portalctl apply}. */
@Command(
        name = "apply",
        description = {
            "Writes a catalog file to the tables. Shows each change field by field, and asks first.",
            "What somebody else has edited meanwhile is not written over. Repeat it after a crash."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl apply catalog-seed/catalogs/dev.yaml -e dev",
            "  portalctl apply catalog-seed/catalogs/prod.yaml -e prod --prune --confirm prod --reason \"release 12\""
        })
public final class Apply implements Callable<Integer> {
    @Mixin
    private final CommonOptions common;

    @Mixin
    private final EditOptions edit;

    @Mixin
    private final FileArgument file = new FileArgument();

    @Mixin
    private final Pruning pruning = new Pruning();

    public Apply(Workplace workplace) {
        this.common = new CommonOptions(workplace);
        this.edit = new EditOptions(workplace);
    }

    @Override
    public Integer call() throws BadCatalogFile, CommandStopped {
        CatalogFile wanted = file.read();
        try (Access access = common.open()) {
            StoredCatalog stored = wanted.stored(access.dynamo(), access.tables());
            List<Change> changes = wanted.changesOf(stored, pruning.rest());
            new Editing(access, common.console(), edit)
                    .carryOut(stored, changes, "apply " + file.path().getFileName(), Editing.Asking.WHAT_IS_SHOWN);
        }
        return ExitCode.DONE.number();
    }
}
