package network.cortensor.portal.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Route;

/**
 * Where one request may go, best first. The steps:
 *
 * <ol>
 *   <li>one route, by weighted rendezvous hash of customer and alias over the routes whose pool is open;
 *   <li>tiers: the route's live targets, its degraded ones, then each fallback pool's live and degraded ones;
 *   <li>in a tier those of known good health before the others, each group in weighted random order.
 * </ol>
 *
 * <p>Other routes are no fallback: the overflow of one side of a rollout must not flood the other. The value holds every verdict, so that
 * it can be shown to an operator.
 *
 * @param route the customer's route, absent if none is open
 * @param pools the route's pool, then the fallback pools in order, each once
 */
public record Decision(Optional<Route> route, List<PoolChoice> pools) {
    public Decision {
        pools = List.copyOf(pools);
    }

    public static Decision of(AliasView view, Question question) {
        ModelAlias alias = view.alias();
        Map<String, PoolChoice> choices = new HashMap<>();
        for (Route route : alias.routes()) {
            view.pool(route.pool())
                    .ifPresent(pool -> choices.put(route.pool(), PoolChoice.of(pool, alias.state(), question)));
        }
        Optional<Route> route = RouteChoice.choose(alias, question.customer(), candidate -> {
            PoolChoice choice = choices.get(candidate.pool());
            return choice != null && choice.open();
        });
        Set<String> names = new LinkedHashSet<>();
        route.ifPresent(chosen -> names.add(chosen.pool()));
        names.addAll(alias.fallbackPools());
        List<PoolChoice> pools = new ArrayList<>();
        for (String name : names) {
            view.pool(name)
                    .ifPresent(pool -> pools.add(
                            choices.computeIfAbsent(name, absent -> PoolChoice.of(pool, alias.state(), question))));
        }
        return new Decision(route, pools);
    }

    /** The pool whose times and attempts bound the whole request: the first that requests like this one can be routed to. */
    public Optional<PoolView> governing() {
        return pools.stream().filter(PoolChoice::open).map(PoolChoice::pool).findFirst();
    }

    /** Whether some pool's health is ignored because every open target of it is ejected. */
    public boolean failsOpen() {
        return pools.stream().anyMatch(PoolChoice::failsOpen);
    }

    /** What may be picked, best first; drawn anew by each call, and only as far as it is read. */
    public Iterator<TargetView> order(RandomGenerator random) {
        return new Tiers(pools.iterator(), random);
    }

    /** Walks pools, then states, then health, and draws within each group. */
    private static final class Tiers implements Iterator<TargetView> {
        private final Iterator<PoolChoice> pools;
        private final RandomGenerator random;
        private Iterator<List<TargetView>> groups = Collections.emptyIterator();
        private Iterator<TargetView> group = Collections.emptyIterator();

        private Tiers(Iterator<PoolChoice> pools, RandomGenerator random) {
            this.pools = pools;
            this.random = random;
        }

        @Override
        public boolean hasNext() {
            while (!group.hasNext()) {
                if (groups.hasNext()) {
                    group = new WeightedOrder(groups.next(), random);
                } else if (pools.hasNext()) {
                    groups = pools.next().groups().iterator();
                } else {
                    return false;
                }
            }
            return true;
        }

        @Override
        public TargetView next() {
            return hasNext()
                    ? group.next()
                    : Collections.<TargetView>emptyIterator().next();
        }
    }
}
