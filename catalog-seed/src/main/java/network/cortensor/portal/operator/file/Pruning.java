package network.cortensor.portal.operator.file;

import network.cortensor.portal.operator.edit.Changes.Rest;
import picocli.CommandLine.Option;

/** What happens to items that the file does not mention. */
public final class Pruning {
    @Option(names = "--prune", description = "Remove what the file does not mention. Without it, that stays as it is.")
    private boolean prune;

    Rest rest() {
        return prune ? Rest.GOES : Rest.STAYS;
    }
}
