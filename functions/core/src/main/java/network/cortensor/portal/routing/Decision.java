package network.cortensor.portal.routing;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.routing.PoolChoice.Judged;

/**
 * Where one request may go, best first. The steps:
 *
 * <ol>
 *   <li>one route, by weighted rendezvous hash of customer and alias over the routes whose pool is open;
 *   <li>tiers: the route's live targets, its degraded ones, then each fallback pool's live and degraded ones;
 *   <li>behind all of them, in the same order, those that were silent or out of reach just now, and last those of pools that fail open: a dead
 *       pool never keeps a request from a healthy fallback;
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
                    name, absent -> view.pool(name).map(pool -> PoolChoice.of(pool, view, question)));
        }
    }

    /** The pool whose times and attempts bound the whole request: the first that requests like this one can be routed to. */
    public Optional<PoolView> governing() {
        return pools.stream().filter(PoolChoice::open).map(PoolChoice::pool).findFirst();
    }

    /** When a target that wants no new requests may be asked again, the first of them, if there is one that this request could be sent to. */
    public Optional<Instant> limitedUntil() {
        return limitedUntil(pool -> true);
    }

    /** The same in some of the pools. */
    public Optional<Instant> limitedUntil(Predicate<Pool> in) {
        return pools.stream()
                .filter(pool -> in.test(pool.pool().pool()))
                .flatMap(pool -> pool.candidates().stream())
                .filter(judged -> judged.verdict() == TargetVerdict.LIMITED)
                .flatMap(judged -> judged.limitedUntil().stream())
                .min(Comparator.naturalOrder());
    }

    /** The name of the pool that would be tried next, if any of its targets has a free slot. */
    public Optional<String> next(AttemptTurn turn) {
        return tiers(turn)
                .filter(tier -> !tier.isEmpty())
                .findFirst()
                .map(tier -> tier.getFirst().view().target().id().pool());
    }

    /** What may be picked, best first; drawn anew by each call, and only as far as it is read. */
    public Iterator<TargetView> order(RandomGenerator random, AttemptTurn turn) {
        return new Tiers(tiers(turn).iterator(), random);
    }

    /** The groups in the order in which they are tried; some are empty. */
    Stream<List<Judged>> tiers(AttemptTurn turn) {
        return Stream.of(Trust.values()).flatMap(trust -> inTurn(turn).flatMap(pool -> pool.groups(trust).stream()));
    }

    /**
     * The pools in the order of this attempt. An attempt is kept for each pool that the request has not tried: once no more are left than there are such
     * pools, those come first, so that however many of a pool's targets fail, its fallbacks are asked.
     */
    private Stream<PoolChoice> inTurn(AttemptTurn turn) {
        if (turn.left() > untried()) {
            return pools.stream();
        }
        return Stream.concat(
                pools.stream().filter(Decision::isUntried), pools.stream().filter(pool -> !isUntried(pool)));
    }

    /** How many pools the request could try yet and has not: for each of them an attempt is kept. */
    public long untried() {
        return pools.stream().filter(Decision::isUntried).count();
    }

    /** To how many targets of a pool the request was sent in vain. */
    public int failures(String pool) {
        return pools.stream()
                .filter(choice -> choice.pool().pool().name().equals(pool))
                .mapToInt(PoolChoice::tried)
                .sum();
    }

    /** A server that wants no new requests now may do so before the request is over. */
    private static boolean isUntried(PoolChoice pool) {
        return pool.tried() == 0
                && pool.candidates().stream()
                        .map(Judged::verdict)
                        .anyMatch(verdict -> verdict == TargetVerdict.ELIGIBLE || verdict == TargetVerdict.LIMITED);
    }

    /** Walks tiers, each in a draw of its own. */
    private static final class Tiers implements Iterator<TargetView> {
        private final Iterator<List<Judged>> tiers;
        private final RandomGenerator random;
        private Iterator<TargetView> tier = Collections.emptyIterator();

        private Tiers(Iterator<List<Judged>> tiers, RandomGenerator random) {
            this.tiers = tiers;
            this.random = random;
        }

        @Override
        public boolean hasNext() {
            while (!tier.hasNext() && tiers.hasNext()) {
                tier = new WeightedOrder(tiers.next(), random);
            }
            return tier.hasNext();
        }

        @Override
        public TargetView next() {
            return hasNext()
                    ? tier.next()
                    : Collections.<TargetView>emptyIterator().next();
        }
    }
}
