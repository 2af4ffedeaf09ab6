package network.cortensor.portal.routing;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
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
 * @param routes all of the alias, with the scores that they have for this customer
 * @param route the customer's, absent if none is open
 * @param pools the route's pool, then the fallback pools in order, each once
 */
public record Decision(List<RouteScore> routes, Optional<Route> route, List<PoolChoice> pools) {
    public Decision {
        routes = List.copyOf(routes);
        pools = List.copyOf(pools);
    }

    public static Decision of(AliasView view, Question question) {
        ModelAlias alias = view.alias();
        Choices choices = new Choices(view, question);
        List<RouteScore> routes = alias.routes().stream()
                .map(route -> RouteScore.of(alias, route, choices.of(route.pool()), question.customer()))
                .toList();
        Optional<Route> route = routes.stream()
                .filter(RouteScore::open)
                .max(Comparator.comparingDouble(RouteScore::score))
                .map(RouteScore::route);
        Stream<String> names = Stream.concat(route.map(Route::pool).stream(), alias.fallbackPools().stream());
        return new Decision(
                routes,
                route,
                names.distinct().flatMap(name -> choices.of(name).stream()).toList());
    }

    /** Looks at each pool once, and only if it is asked for. */
    private static final class Choices {
        private final Map<String, Optional<PoolChoice>> seen = new HashMap<>();
        private final AliasView view;
        private final Question question;

        private Choices(AliasView view, Question question) {
            this.view = view;
            this.question = question;
        }

        private Optional<PoolChoice> of(String name) {
            return seen.computeIfAbsent(
                    name,
                    absent -> view.pool(name)
                            .map(pool -> PoolChoice.of(pool, view.alias().state(), question)));
        }
    }

    /** The pool whose times and attempts bound the whole request: the first that requests like this one can be routed to. */
    public Optional<PoolView> governing() {
        return pools.stream().filter(PoolChoice::open).map(PoolChoice::pool).findFirst();
    }

    /** What may be picked, best first; drawn anew by each call, and only as far as it is read. */
    public Iterator<TargetView> order(RandomGenerator random) {
        return new Tiers(pools.iterator(), random);
    }

    /** Walks pools, then states, then health, and draws within each group. */
    private static final class Tiers implements Iterator<TargetView> {
        private final Iterator<PoolChoice> pools;
        private final RandomGenerator random;
        private Iterator<List<PoolChoice.Judged>> groups = Collections.emptyIterator();
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
