package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.routing.JustSeen;

/**
 * Which targets this worker has just met silent, which routers nothing could be sent to, and which targets want no new requests. The first two
 * cost a request its time, so for a while they come behind all others; failures that are told at once cost only an attempt, and are left to
 * health. Safe for use by many threads.
 */
final class Suspicions {
    /** As long as a first ejection: by then health has judged. */
    static final Duration KEPT = Duration.ofSeconds(30);

    private final Map<TargetId, Instant> targets = new ConcurrentHashMap<>();
    private final Map<String, Instant> routers = new ConcurrentHashMap<>();

    private final Map<TargetId, Instant> limited = new ConcurrentHashMap<>();

    void failed(Target target, Failure failure, Instant now) {
        switch (failure) {
            case Failure.DeadlinePassed _ -> targets.put(target.id(), now);
            case Failure.NotSent _ -> routers.put(target.session().router(), now);
            case Failure.Limited(Duration retryAfter) -> limited.put(target.id(), now.plus(retryAfter));
            case Failure.Refused _,
                    Failure.RequestRejected _,
                    Failure.RouterError _,
                    Failure.NoResult _,
                    Failure.ConnectionLost _,
                    Failure.Cut _,
                    Failure.UnknownEnd _,
                    Failure.GatewayError _,
                    Failure.Unavailable _,
                    Failure.Pending _,
                    Failure.Mismatch _,
                    Failure.Oversized _,
                    Failure.InvalidCall _,
                    Failure.InvalidForm _,
                    Failure.Unintelligible _ -> {}
        }
    }

    void worked(Target target) {
        targets.remove(target.id());
        routers.remove(target.session().router());
        limited.remove(target.id());
    }

    JustSeen at(Instant now) {
        limited.values().removeIf(until -> !until.isAfter(now));
        return new JustSeen(fresh(targets, now), fresh(routers, now), limited);
    }

    private static <T> Set<T> fresh(Map<T, Instant> seen, Instant now) {
        seen.values().removeIf(at -> !at.plus(KEPT).isAfter(now));
        return seen.isEmpty() ? Set.of() : seen.keySet().stream().collect(Collectors.toUnmodifiableSet());
    }
}
