package network.cortensor.portal.health.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.routing.AttemptTurn;
import network.cortensor.portal.routing.Decision;

/** Another order within each of a decision's groups. In this fleet, where all is live and has one pool, a group is a standing. */
final class GroupOrder {
    private GroupOrder() {}

    /** @param key the lowest comes first; equals stay in random order */
    static <K extends Comparable<K>> Iterator<TargetView> by(
            Decision decision, RandomGenerator random, Function<TargetView, K> key) {
        List<TargetView> order = new ArrayList<>();
        decision.order(random, AttemptTurn.FIRST).forEachRemaining(order::add);
        order.sort(Comparator.comparing(TargetView::standing).thenComparing(key));
        return order.iterator();
    }
}
