package network.cortensor.portal.routing;

import java.util.Locale;
import java.util.Optional;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Route;

/**
 * A route as one customer meets it.
 *
 * @param score what the customer's routes compete by: of the open ones the highest wins
 */
public record RouteScore(Route route, Openness openness, double score) {

    /** What closes a route, if anything does; the first that applies, in this order. */
    public enum Openness {
        OPEN,
        /** Its weight is 0. */
        WEIGHT,
        /** There is no such pool. */
        NO_POOL,
        /** Its pool has no open target that serves what the request needs. */
        NO_OPEN_TARGET;

        /** The word in log lines and commands. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param pool the route's, if it exists */
    static RouteScore of(ModelAlias alias, Route route, Optional<PoolChoice> pool, String customer) {
        return new RouteScore(route, openness(route, pool), RouteHash.score(customer, alias.name(), route));
    }

    private static Openness openness(Route route, Optional<PoolChoice> pool) {
        if (route.weight() == 0) {
            return Openness.WEIGHT;
        }
        if (pool.isEmpty()) {
            return Openness.NO_POOL;
        }
        return pool.get().open() ? Openness.OPEN : Openness.NO_OPEN_TARGET;
    }

    boolean open() {
        return openness == Openness.OPEN;
    }
}
