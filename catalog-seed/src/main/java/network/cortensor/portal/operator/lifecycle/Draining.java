package network.cortensor.portal.operator.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Moments;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.edit.ItemKey;
import network.cortensor.portal.operator.edit.Kind;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.status.Fleet;
import network.cortensor.portal.slots.Lease;

/**
 * Waits for the last request in flight. A request may still begin until {@link #BOUND} after the edit, because that long others remember
 * what they read; only then does an empty table of slots mean that nobody is left.
 */
final class Draining {
    /** How long an edit takes to be everywhere: 5 s of memory, and one read of it. */
    static final Duration BOUND = Duration.ofSeconds(6);

    private final Access access;
    private final Console console;
    private final InstantSource clock;
    private String last = "";

    Draining(Access access, Console console, InstantSource clock) {
        this.access = access;
        this.console = console;
        this.clock = clock;
    }

    /**
     * Returns when no slot of theirs is taken any more.
     *
     * @param every how often to look
     */
    void await(List<ItemKey> items, Duration every) throws CommandStopped, InterruptedException {
        Instant begun = clock.instant();
        Instant everywhere = begun.plus(BOUND);
        while (true) {
            Instant read = clock.instant();
            Fleet fleet = Fleet.read(access, clock);
            if (items.stream().anyMatch(item -> item.kind() == Kind.MODEL)) {
                refuseShared(items, fleet);
            }
            List<Target> targets = fleet.catalog().targets().values().stream()
                    .filter(target -> items.stream().anyMatch(concerns(target, fleet)))
                    .toList();
            List<Lease> taken = targets.stream()
                    .map(fleet::taken)
                    .flatMap(Collection::stream)
                    .distinct()
                    .toList();
            if (taken.isEmpty() && !read.isBefore(everywhere)) {
                say("drained after " + Moments.length(Duration.between(begun, clock.instant())));
                return;
            }
            say(progress(taken, fleet));
            Thread.sleep(every);
        }
    }

    private static String progress(List<Lease> taken, Fleet fleet) {
        if (taken.isEmpty()) {
            return "none in flight; waiting until the edit is known everywhere";
        }
        Optional<Instant> end = taken.stream().map(Lease::expiresAt).max(Comparator.naturalOrder());
        String where = taken.stream()
                .map(lease -> lease.session().router())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return taken.size() + " in flight on " + where
                + end.map(at -> "; all are over " + Moments.from(fleet.now(), at) + " at the latest")
                        .orElse("");
    }

    /** What others do on the pools of a model that shares them cannot be told apart from its own requests. */
    private static void refuseShared(List<ItemKey> items, Fleet fleet) throws CommandStopped {
        for (ItemKey item : items) {
            ModelAlias alias = fleet.catalog().aliases().get(item.name());
            if (item.kind() != Kind.MODEL || alias == null) {
                continue;
            }
            for (ModelAlias other : fleet.catalog().aliases().values()) {
                boolean drainedToo = items.contains(ItemKey.model(other.name()));
                Optional<String> shared =
                        pools(other).stream().filter(pools(alias)::contains).findFirst();
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

    private static Predicate<ItemKey> concerns(Target target, Fleet fleet) {
        return item -> switch (item.kind()) {
            case TARGET ->
                item.equals(ItemKey.target(target.id().pool(), target.id().name()));
            case POOL -> item.equals(ItemKey.pool(target.id().pool()));
            case PLAN -> false;
            case MODEL ->
                Optional.ofNullable(fleet.catalog().aliases().get(item.name()))
                        .filter(alias -> pools(alias).contains(target.id().pool()))
                        .isPresent();
        };
    }

    private static List<String> pools(ModelAlias alias) {
        return Stream.concat(alias.routes().stream().map(Route::pool), alias.fallbackPools().stream())
                .toList();
    }

    /** Says what is new, on a line of its own: it may be read by a person or kept in a log. */
    private void say(String text) {
        if (!text.equals(last)) {
            last = text;
            console.note(new Span("drain: ", Style.FAINT), Span.plain(text));
        }
    }
}
