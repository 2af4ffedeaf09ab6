package network.cortensor.portal.routing;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.State;

/** What customers read as a model's {@code status}: the best that its pools offer a new request, from best to worst. */
public enum Availability {
    /** A live target of a route is in rotation. */
    AVAILABLE,
    /** Only degraded targets or fallback pools are in rotation, or every open target is ejected and tried all the same. */
    DEGRADED,
    /** No target is open. */
    UNAVAILABLE;

    /** The word in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Availability of(AliasView view, Instant now) {
        Question anyRequest = new Question("", Set.of(), Set.of(), now);
        Stream<String> routes = view.alias().routes().stream()
                .filter(route -> route.weight() > 0)
                .map(Route::pool);
        Availability routed = best(view, routes, anyRequest);
        Availability fallen = best(view, view.alias().fallbackPools().stream(), anyRequest);
        return routed == UNAVAILABLE && fallen != UNAVAILABLE ? DEGRADED : routed;
    }

    private static Availability best(AliasView view, Stream<String> pools, Question question) {
        return pools.map(view::pool)
                .flatMap(Optional::stream)
                .map(pool -> of(PoolChoice.of(pool, view, question)))
                .min(Availability::compareTo)
                .orElse(UNAVAILABLE);
    }

    private static Availability of(PoolChoice pool) {
        if (!pool.open()) {
            return UNAVAILABLE;
        }
        if (pool.failsOpen()) {
            return DEGRADED;
        }
        return pool.candidates().stream().anyMatch(Availability::liveInRotation) ? AVAILABLE : DEGRADED;
    }

    private static boolean liveInRotation(PoolChoice.Judged judged) {
        return judged.verdict() == TargetVerdict.ELIGIBLE && judged.state() == State.LIVE;
    }
}
