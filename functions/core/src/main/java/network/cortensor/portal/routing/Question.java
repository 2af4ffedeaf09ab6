package network.cortensor.portal.routing;

import java.time.Instant;
import java.util.Set;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.model.TargetId;

/**
 * What a decision depends on beside the catalog.
 *
 * @param customer whom the route is kept steady for
 * @param needs what the request needs a target to serve
 * @param tried targets that this request has been sent to already
 * @param seen what the tables may not show yet
 */
public record Question(String customer, Needs needs, Set<TargetId> tried, JustSeen seen, Instant now) {
    /** Nothing is suspected, and every model needs the same. */
    public Question(String customer, Set<Feature> features, Set<TargetId> tried, Instant now) {
        this(customer, Needs.everywhere(features), tried, JustSeen.NOTHING, now);
    }

    public Question {
        tried = Set.copyOf(tried);
    }
}
