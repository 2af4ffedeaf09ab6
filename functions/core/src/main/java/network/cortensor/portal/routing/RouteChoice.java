package network.cortensor.portal.routing;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Route;

/**
 * Chooses an alias's route for a customer by weighted rendezvous hashing: each open route scores {@code weight / -ln(u)} with {@code u}
 * in (0, 1) from a hash of customer, alias and pool, and the highest wins. Every customer's choice is steady as long as weights and open
 * routes are, and a route that is added, closed or weighted anew moves only the customers that it must.
 */
final class RouteChoice {
    private RouteChoice() {}

    static Optional<Route> choose(ModelAlias alias, String customer, Predicate<Route> open) {
        List<Route> routes = alias.routes();
        return routes.stream()
                .filter(route -> route.weight() > 0 && open.test(route))
                .max(Comparator.comparingDouble(route -> score(customer, alias.name(), route)));
    }

    private static double score(String customer, String alias, Route route) {
        long hash = hash(customer + '\0' + alias + '\0' + route.pool());
        double unit = ((hash >>> 11) + 0.5) * 0x1.0p-53;
        return route.weight() / -Math.log(unit);
    }

    /** FNV-1a over UTF-8, then the finalizer of SplitMix64, because FNV alone spreads short texts badly. Never change it: customers would move. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
