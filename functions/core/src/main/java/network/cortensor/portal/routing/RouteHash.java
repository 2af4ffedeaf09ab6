package network.cortensor.portal.routing;

import java.nio.charset.StandardCharsets;
import network.cortensor.portal.model.Route;

/**
 * Weighted rendezvous hashing: a route scores {@code weight / -ln(u)} with {@code u} in (0, 1) from a hash of customer, alias and pool,
 * and the highest score wins. Shares follow the weights; a route that is added, closed or weighted anew moves only the customers that it
 * must.
 *
 * <p>It is <em>not</em> the right choice where shares must hold for requests rather than customers: with few customers, or one who sends most, a route of weight 10 of 100
 * can get nothing or nearly all. Nor does it look at load: a customer stays on a route whose pool is busy.
 *
 * <p>Never change it: customers would move.
 */
final class RouteHash {
    private RouteHash() {}

    /** Positive; 0 for a weight of 0. */
    static double score(String customer, String alias, Route route) {
        long hash = hash(customer + '\0' + alias + '\0' + route.pool());
        double unit = ((hash >>> 12) + 0.5) * 0x1.0p-52;
        return route.weight() / -StrictMath.log(unit);
    }

    /** FNV-1a over UTF-8, then the finalizer of SplitMix64, because FNV alone spreads short texts badly. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
