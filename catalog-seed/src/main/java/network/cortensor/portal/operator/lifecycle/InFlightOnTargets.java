package network.cortensor.portal.operator.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.operator.console.Moments;
import network.cortensor.portal.operator.status.FleetView;
import network.cortensor.portal.slots.Lease;

/**
 * What may still run on targets that take nothing new.
 *
 * @param taken slots that are not free
 * @param everywhere when the edit is known everywhere, so that nothing new begins
 * @param unseenUntil when the longest request is over that takes no slot; absent if every target has slots
 */
record InFlightOnTargets(List<Lease> taken, Instant everywhere, Optional<Instant> unseenUntil) {
    static InFlightOnTargets of(List<Target> targets, FleetView fleet, Instant everywhere) {
        List<Lease> taken = targets.stream()
                .map(fleet::taken)
                .flatMap(Collection::stream)
                .distinct()
                .toList();
        Optional<Duration> longest = targets.stream()
                .filter(target -> target.capacity() instanceof Capacity.Unlimited)
                .map(target -> longest(fleet, target))
                .max(Comparator.naturalOrder());
        return new InFlightOnTargets(taken, everywhere, longest.map(everywhere::plus));
    }

    private static Duration longest(FleetView fleet, Target target) {
        return Stream.ofNullable(fleet.catalog().pools().get(target.id().pool()))
                .map(Pool::times)
                .map(PoolTimes::total)
                .findFirst()
                .orElse(PoolTimes.LONGEST_TOTAL);
    }

    /** Whether surely nothing runs any more, by what was read at {@code read}. */
    boolean none(Instant read) {
        return taken.isEmpty()
                && !read.isBefore(everywhere)
                && unseenUntil.filter(read::isBefore).isEmpty();
    }

    /** What is waited for. */
    String words(Instant read) {
        if (!taken.isEmpty()) {
            String where = taken.stream()
                    .map(lease -> lease.session().router())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            return taken.size() + " in flight on " + where;
        }
        return unseenUntil.filter(read::isBefore).isPresent()
                ? "no slots to look at on targets of unlimited capacity; waiting for the longest possible request"
                : "none in flight; waiting until the edit is known everywhere";
    }

    /** When it is over at the latest. */
    String untilWhen(Instant read) {
        return Stream.concat(taken.stream().map(Lease::expiresAt), unseenUntil.stream())
                .max(Comparator.naturalOrder())
                .filter(read::isBefore)
                .map(end -> "; all are over " + Moments.from(read, end) + " at the latest")
                .orElse("");
    }
}
