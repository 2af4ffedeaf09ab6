package network.cortensor.portal.routing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/**
 * What a worker has just seen itself. Evidence in the tables follows later, and decides about rotation.
 *
 * @param silent targets that did not answer in time
 * @param unreachable routers that nothing could be sent to
 * @param limited targets that want no new requests, and until when
 */
public record JustSeen(Set<TargetId> silent, Set<String> unreachable, Map<TargetId, Instant> limited) {
    public static final JustSeen NOTHING = new JustSeen(Set.of(), Set.of(), Map.of());

    public JustSeen {
        silent = Set.copyOf(silent);
        unreachable = Set.copyOf(unreachable);
        limited = Map.copyOf(limited);
    }

    boolean suspects(Target target) {
        return silent.contains(target.id())
                || unreachable.contains(target.session().router());
    }

    Optional<Instant> limited(Target target) {
        return Optional.ofNullable(limited.get(target.id()));
    }
}
