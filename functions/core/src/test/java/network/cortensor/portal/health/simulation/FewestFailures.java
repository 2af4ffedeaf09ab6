package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.routing.Decision;

/**
 * The target first that has failed least often within the last half hour, at random among equals. It hears of every worker's failures at once.
 *
 * <p>It is <em>not</em> the right one where failures come by chance and not by target: it then shuns targets that work, and the others get more requests than their share.
 */
final class FewestFailures implements PickStrategy {
    private static final Duration REMEMBERED = Duration.ofMinutes(30);

    private final Map<TargetId, List<Instant>> failures = new HashMap<>();

    @Override
    public String title() {
        return "fewest failures";
    }

    @Override
    public Iterator<TargetView> order(Decision decision, RandomGenerator random, Instant now) {
        Instant since = now.minus(REMEMBERED);
        return GroupOrder.by(
                decision,
                random,
                view -> failures.getOrDefault(view.target().id(), List.of()).stream()
                        .filter(since::isBefore)
                        .count());
    }

    @Override
    public void failed(TargetId target, Instant now) {
        failures.computeIfAbsent(target, absent -> new ArrayList<>()).add(now);
    }
}
