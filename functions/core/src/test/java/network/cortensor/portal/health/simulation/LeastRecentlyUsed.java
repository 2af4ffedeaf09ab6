package network.cortensor.portal.health.simulation;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.routing.Decision;

/**
 * The target first whose last attempt began longest ago. It hears of every worker's attempts at once.
 *
 * <p>It is <em>not</em> the right one for workers without a common memory: each would know its own attempts only. Nor where weights count, or where a target that has
 * just come back should be met gently: it has been unused for longest, so the next request goes there.
 */
final class LeastRecentlyUsed implements PickStrategy {
    private final Map<TargetId, Instant> used = new HashMap<>();

    @Override
    public String title() {
        return "least recently used";
    }

    @Override
    public Iterator<TargetView> order(Decision decision, RandomGenerator random, Instant now) {
        return GroupOrder.by(
                decision, random, view -> used.getOrDefault(view.target().id(), Instant.MIN));
    }

    @Override
    public void took(TargetId target, Instant now) {
        used.put(target, now);
    }
}
