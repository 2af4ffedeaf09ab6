package network.cortensor.portal.routing;

import java.util.Set;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/**
 * What was silent or out of reach just now. Evidence in the tables follows later, and decides about rotation.
 *
 * @param targets that did not answer in time
 * @param routers that could not be reached, so that none of their targets can be
 */
public record Suspects(Set<TargetId> targets, Set<String> routers) {
    public static final Suspects NONE = new Suspects(Set.of(), Set.of());

    public Suspects {
        targets = Set.copyOf(targets);
        routers = Set.copyOf(routers);
    }

    boolean has(Target target) {
        return targets.contains(target.id())
                || routers.contains(target.session().router());
    }
}
