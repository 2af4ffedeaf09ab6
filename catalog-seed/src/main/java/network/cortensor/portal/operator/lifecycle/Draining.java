package network.cortensor.portal.operator.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.dynamo.slots.SlotProblems;
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
import network.cortensor.portal.slots.Lease;
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
            refuseShared(items, fleet);
            InFlightOnTargets inFlight =
                    InFlightOnTargets.of(targets(items, fleet), fleet, begun.plus(Catalog.EVERYWHERE));
            refuseBadSlots(inFlight.taken(), read);
            if (inFlight.none(read)) {
                say("drained after " + Moments.length(Duration.between(begun, clock.instant())));
                return;
            }
            say(inFlight.words(read), inFlight.untilWhen(read));
            pause.pause(every);
        }
    }

    private static List<Target> targets(List<CatalogKey> items, FleetView fleet) {
        Set<String> pools = pools(items, fleet).collect(Collectors.toSet());
        return fleet.catalog().targets().values().stream()
                .filter(target -> pools.contains(target.id().pool())
                        || items.contains(CatalogKey.target(
                                target.id().pool(), target.id().name())))
                .toList();
    }

    /** Whose item does not say where its requests go; they may run all the same, since before the item was spoiled. */
    private static void refuseUnknown(List<CatalogKey> items, FleetView fleet) throws CommandStopped {
        Set<String> known = fleet.catalog().targets().keySet().stream()
                .map(id -> CatalogKey.target(id.pool(), id.name()).toString())
                .collect(Collectors.toSet());
        Stream<String> named = items.stream()
                .filter(item -> item.table() == CatalogTable.TARGETS)
                .map(CatalogKey::toString);
        Stream<String> inPools = fleet.catalog().problems().stream()
                .map(Problem::item)
                .filter(item -> pools(items, fleet).anyMatch(pool -> item.startsWith("target " + pool + "/")));
        Optional<String> unknown = Stream.concat(named, inPools)
                .filter(target -> !known.contains(target))
                .findFirst();
        if (unknown.isPresent()) {
            throw new CommandStopped(
                    ExitCode.FOUND,
                    unknown.get()
                            + ": is draining, but its item is bad, so its session and what is in flight there are not"
                            + " known (expected: a good item, see portalctl status)");
        }
    }

    /** All of whose targets are drained. */
    private static Stream<String> pools(List<CatalogKey> items, FleetView fleet) {
        return items.stream().flatMap(item -> switch (item.table()) {
            case POOLS -> Stream.of(item.name());
            case MODELS ->
                Stream.ofNullable(fleet.catalog().aliases().get(item.name())).flatMap(alias -> alias.pools().stream());
            case TARGETS, PLANS -> Stream.empty();
        });
    }

    /** What an edit after ours has made so: another model uses a pool of one that is drained. */
    private static void refuseShared(List<CatalogKey> items, FleetView fleet) throws CommandStopped {
        Optional<String> shared = shared(items, fleet.catalog());
        if (shared.isPresent()) {
            throw new CommandStopped(
                    ExitCode.FOUND, shared.get() + ", though it is draining (expected: --wait for a pool or target)");
        }
    }

    /**
     * Why the end of a model's requests cannot be waited for, if it cannot: what others do on the pools of a model that shares them cannot be told apart
     * from its own requests.
     */
    static Optional<String> shared(List<CatalogKey> items, WholeCatalog catalog) {
        return items.stream()
                .filter(item -> item.table() == CatalogTable.MODELS)
                .flatMap(item -> Stream.ofNullable(catalog.aliases().get(item.name())))
                .flatMap(alias -> catalog.aliases().values().stream()
                        .filter(other -> !items.contains(CatalogKey.model(other.name()))
                                && other.state().takesRequests())
                        .flatMap(other -> other.pools().stream()
                                .filter(alias.pools()::contains)
                                .map(pool -> "model " + alias.name() + ": shares pool " + pool + " with model "
                                        + other.name() + ", whose requests cannot be told apart")))
                .findFirst();
    }

    /** A slot that no request will give back says nothing of what is in flight, and would be waited for without end. */
    private static void refuseBadSlots(List<Lease> taken, Instant now) throws CommandStopped {
        List<Problem> bad = taken.stream()
                .flatMap(lease -> SlotProblems.of(lease, now).stream())
                .toList();
        if (!bad.isEmpty()) {
            List<String> lines =
                    new ArrayList<>(bad.stream().map(Problem::toString).toList());
            lines.add(
                    "is draining, but what is in flight there is not known (expected: no such slot, see portalctl slots"
                            + " delete; then the same command again)");
            throw new CommandStopped(ExitCode.FOUND, lines);
        }
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
