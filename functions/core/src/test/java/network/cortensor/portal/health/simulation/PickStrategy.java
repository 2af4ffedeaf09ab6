package network.cortensor.portal.health.simulation;

import java.time.Instant;
import java.util.Iterator;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.routing.Decision;

/**
 * The order in which the targets of one group are tried; what the groups are, and that a better one comes first, is the decision's. A strategy that remembers is
 * given the memory of all workers at once, which production does not have: what it wins here is the most that it could win.
 */
interface PickStrategy {
    String title();

    Iterator<TargetView> order(Decision decision, RandomGenerator random, Instant now);

    /** An attempt on this target begins. */
    default void took(TargetId target, Instant now) {}

    /** An attempt on this target has failed. */
    default void failed(TargetId target, Instant now) {}
}
