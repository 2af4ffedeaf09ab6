package network.cortensor.portal.operator.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Moments;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import network.cortensor.portal.operator.status.FleetView;
import network.cortensor.portal.time.Pause;

/**
 * Waits for the last request in flight. A request may still begin until {@link Catalog#EVERYWHERE} after the edit, because that long others remember
 * what they read; only then does an empty table of slots mean that no request is left. Targets of unlimited capacity take no slots: there the longest
 * possible request is waited for, {@code totalSeconds} of the pool from then on.
 */
final class Draining {
    private final Access access;
    private final Console console;
    private final InstantSource clock;
    private final Pause pause;
    private String last = "";

    Draining(Access access, Console console, Workplace workplace) {
        this.access = access;
        this.console = console;
        this.clock = workplace.clock();
        this.pause = workplace.pause();
    }

    /**
     * Returns when no slot of theirs is taken any more, and the longest request is over that may run where there are no slots.
     *
     * @param every how often to look
     * @throws CommandStopped if what is in flight cannot be known
     */
    void await(List<CatalogKey> items, Duration every) throws CommandStopped, InterruptedException {
        Instant begun = clock.instant();
        while (true) {
            Instant read = clock.instant();
            FleetView fleet = FleetView.read(access, clock);
            refuseUnknown(items, fleet);
            if (items.stream().anyMatch(item -> item.table() == CatalogTable.MODELS)) {
                refuseShared(items, fleet);
            }
            InFlightOnTargets inFlight =
                    InFlightOnTargets.of(targets(items, fleet), fleet, begun.plus(Catalog.EVERYWHERE));
            if (inFlight.none(read)) {
                say("drained after " + Moments.length(Duration.between(begun, clock.instant())));
                return;
            }
            say(inFlight.words(read), inFlight.untilWhen(read));
            pause.pause(every);
        }
    }

    private static List<Target> targets(List<CatalogKey> items, FleetView fleet) {
        return fleet.catalog().targets().values().stream()
                .filter(target -> items.stream().anyMatch(concerns(target, fleet)))
                .toList();
    }

    /** Whose item does not say where its requests go; they may run all the same, since before the item was spoiled. */
    private static void refuseUnknown(List<CatalogKey> items, FleetView fleet) throws CommandStopped {
        for (CatalogKey item : items) {
            if (item.table() == CatalogTable.TARGETS
                    && fleet.catalog().targets().keySet().stream()
                            .noneMatch(id -> item.equals(CatalogKey.target(id.pool(), id.name())))) {
                throw new CommandStopped(
                        ExitCode.FOUND,
                        item
                                + ": is draining, but its item is bad, so its session and what is in flight there are"
                                + " not known (expected: a good item, see portalctl status)");
            }
        }
    }

    /** What others do on the pools of a model that shares them cannot be told apart from its own requests. */
    private static void refuseShared(List<CatalogKey> items, FleetView fleet) throws CommandStopped {
        for (CatalogKey item : items) {
            ModelAlias alias = fleet.catalog().aliases().get(item.name());
            if (item.table() != CatalogTable.MODELS || alias == null) {
                continue;
            }
            for (ModelAlias other : fleet.catalog().aliases().values()) {
                boolean drainedToo = items.contains(CatalogKey.model(other.name()));
                Optional<String> shared =
                        other.pools().stream().filter(alias.pools()::contains).findFirst();
                if (!drainedToo
                        && !other.name().equals(alias.name())
                        && shared.isPresent()
                        && other.state().takesRequests()) {
                    throw new CommandStopped(
                            ExitCode.USAGE,
                            "model " + alias.name() + ": is draining, but shares pool " + shared.get() + " with model "
                                    + other.name()
                                    + ", whose requests cannot be told apart (expected: --wait for a pool or target)");
                }
            }
        }
    }

    private static Predicate<CatalogKey> concerns(Target target, FleetView fleet) {
        return item -> switch (item.table()) {
            case TARGETS ->
                item.equals(CatalogKey.target(target.id().pool(), target.id().name()));
            case POOLS -> item.equals(CatalogKey.pool(target.id().pool()));
            case PLANS -> false;
            case MODELS ->
                Optional.ofNullable(fleet.catalog().aliases().get(item.name()))
                        .filter(alias -> alias.pools().contains(target.id().pool()))
                        .isPresent();
        };
    }

    /**
     * Says what is new, on a line of its own: it may be read by a person or kept in a log.
     *
     * @param more goes with it, and is not new when only this changes
     */
    private void say(String text, String more) {
        if (!text.equals(last)) {
            last = text;
            console.note(new Span("drain: ", Style.FAINT), Span.plain(text + more));
        }
    }

    private void say(String text) {
        say(text, "");
    }
}
