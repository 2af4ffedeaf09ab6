package network.cortensor.portal.operator.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.Rotation;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.operator.console.Moments;
import network.cortensor.portal.routing.PoolChoice;
import network.cortensor.portal.slots.Lease;

/** Why a target is as it is, in words for the operator who is woken because of it. */
record Reasons(PoolChoice pool, State alias, FleetView fleet) {

    String of(PoolChoice.Judged judged) {
        Target target = judged.view().target();
        return switch (judged.verdict()) {
            case ELIGIBLE, TRIED -> eligible(judged);
            case STATE -> state(judged) + rest(judged);
            case WEIGHT -> "its weight is 0";
            case SESSION_ENDS ->
                target.sessionExpiresAt()
                        .map(end -> end.isAfter(fleet.now())
                                ? "its session ends " + Moments.from(fleet.now(), end) + ", before an attempt could"
                                : "its session ended " + Moments.from(fleet.now(), end))
                        .orElse("its session ends");
            case LIMITED ->
                "its server wants no new requests until "
                        + judged.limitedUntil()
                                .map(until -> Moments.from(fleet.now(), until))
                                .orElse("later");
            case MODEL -> "this is more than its model can take";
            case FEATURE -> "its protocol does not serve this";
            case EJECTED -> "ejected " + until(target) + failure(target);
        };
    }

    private String eligible(PoolChoice.Judged judged) {
        Target target = judged.view().target();
        if (pool.failsOpen()) {
            return "ejected like all others here, so tried when nothing better is left" + failure(target);
        }
        if (judged.state() == State.DEGRADED) {
            return state(judged);
        }
        TargetHealth health = fleet.health(target);
        if (health.failuresInRow() > 0) {
            return health.failuresInRow() + " failed in a row" + failure(target);
        }
        return health.liveness()
                .filter(last -> last.liveness() != Liveness.ALIVE)
                .map(last -> last.liveness().word().replace('_', ' '))
                .orElse("");
    }

    /** Whose state it is: the worst counts, and of several the widest is named. */
    private String state(PoolChoice.Judged judged) {
        if (alias == judged.state()) {
            return "set on the model";
        }
        if (pool.pool().pool().state() == judged.state()) {
            return "set on the pool";
        }
        String item = "target " + judged.view().target().id();
        boolean bad = fleet.catalog().problems().stream()
                .anyMatch(problem -> problem.item().equals(item));
        return bad ? "a bad item, see below" : "set on the target";
    }

    /** What still runs on a target that takes nothing new; that it is drained is for the prober to say, who waits until the edit is known everywhere. */
    private String rest(PoolChoice.Judged judged) {
        Target target = judged.view().target();
        List<Lease> taken = fleet.taken(target);
        Optional<Instant> last = taken.stream().map(Lease::expiresAt).max(Comparator.naturalOrder());
        if (last.isPresent()) {
            return "; " + taken.size() + " in flight, free " + Moments.from(fleet.now(), last.get()) + " at the latest";
        }
        TargetHealth health = fleet.health(target);
        if (judged.state() == State.DRAINING && health.drainedBy(fleet.now()).isPresent()) {
            return "; drained";
        }
        return switch (target.capacity()) {
            case Capacity.Slots ignored -> "; none in flight";
            case Capacity.Unlimited ignored ->
                judged.state() == State.DRAINING && health.drained().isPresent()
                        ? "; takes no slots, drained "
                                + Moments.from(fleet.now(), health.drained().get())
                        : "; takes no slots, so what is in flight is not known";
        };
    }

    private String until(Target target) {
        return switch (fleet.health(target).rotation()) {
            case Rotation.Ejected ejected ->
                ejected.until().isAfter(fleet.now())
                        ? "for " + Moments.length(Duration.between(fleet.now(), ejected.until())) + " or more"
                        : "until it passes";
            case Rotation.Returned returned -> "until " + Moments.from(fleet.now(), returned.from());
            case Rotation.In ignored -> "";
        };
    }

    private String failure(Target target) {
        return fleet.health(target)
                .latest()
                .failure()
                .map(seen -> ": " + seen.kind() + " " + Moments.from(fleet.now(), seen.at()))
                .orElse("");
    }
}
