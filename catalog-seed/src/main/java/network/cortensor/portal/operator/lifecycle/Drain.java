package network.cortensor.portal.operator.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.model.State;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portalctl drain}. */
@Command(
        name = "drain",
        description = {
            "Lets no new requests in; requests in flight run to their end, and those that wait go elsewhere.",
            "With --wait it shows what is still in flight, and returns when the last request has ended. Targets of"
                    + " unlimited",
            "capacity take no slots to look at: for these it waits for the longest possible request, up to 5 minutes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl drain oss-20b/a-101 -e prod --wait --reason \"router maintenance\"",
            "  portalctl drain pool/oss-20b -e dev --wait"
        })
public final class Drain implements Callable<Integer> {
    @Mixin
    private final StateChange change;

    @Option(names = "--wait", description = "Return only when no request is in flight any more.")
    private boolean wait;

    private final Workplace workplace;

    public Drain(Workplace workplace) {
        this.change = new StateChange(workplace);
        this.workplace = workplace;
    }

    @Override
    public Integer call() throws CommandStopped, InterruptedException {
        try (Access access = change.common().open()) {
            List<CatalogKey> items = change.write(State.DRAINING, "drain", access, this::canBeWaitedFor);
            if (wait) {
                new Draining(access, change.common().console(), workplace).await(items, Duration.ofSeconds(1));
            }
        }
        return ExitCode.DONE.number();
    }

    private void canBeWaitedFor(List<CatalogKey> items, WholeCatalog catalog) throws CommandStopped {
        Optional<String> shared = wait ? Draining.shared(items, catalog) : Optional.empty();
        if (shared.isPresent()) {
            throw new CommandStopped(
                    ExitCode.USAGE,
                    shared.get() + ", so nothing was written (expected: --wait for a pool or target, or no --wait)");
        }
    }
}
