package network.cortensor.portal.health.simulation;

import java.time.Instant;
import java.util.Iterator;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.routing.AttemptTurn;
import network.cortensor.portal.routing.Decision;

/** Production's: drawn anew for each request, by weight. */
final class WeightedRandom implements PickStrategy {
    @Override
    public String title() {
        return "weighted random";
    }

    @Override
    public Iterator<TargetView> order(Decision decision, RandomGenerator random, Instant now) {
        return decision.order(random, AttemptTurn.FIRST);
    }
}
