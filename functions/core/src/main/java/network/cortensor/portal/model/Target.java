package network.cortensor.portal.model;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * One router node and one dedicated session on it: the unit that is picked, probed and drained.
 *
 * @param routerUrl scheme, host and port, perhaps a base path; never user info
 * @param weight relative share within its tier, 0 takes it out
 * @param sessionExpiresAt when the session ends on the network, where that is known
 */
public record Target(
        TargetId id,
        URI routerUrl,
        Protocol protocol,
        Capacity capacity,
        int weight,
        State state,
        Optional<Instant> sessionExpiresAt) {

    public Target {
        if (weight < 0) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: >= 0)");
        }
        if (capacity instanceof Capacity.Unlimited && !(protocol instanceof Protocol.OpenAi)) {
            throw new IllegalArgumentException("capacity: unlimited (expected: a number, for protocol cortensor)");
        }
    }

    /** The same in another state. */
    public Target in(State other) {
        return new Target(id, routerUrl, protocol, capacity, weight, other, sessionExpiresAt);
    }

    /** The same whose server was seen to treat special tokens like this, unless its operator says what it does. */
    public Target seenWith(SpecialTokens seen) {
        return switch (protocol) {
            case Protocol.Cortensor cortensor ->
                new Target(
                        id,
                        routerUrl,
                        cortensor.with(cortensor.rawText().seenWith(seen)),
                        capacity,
                        weight,
                        state,
                        sessionExpiresAt);
            case Protocol.OpenAi ignored -> this;
        };
    }

    /** The worse of the pool's state and its own. What an alias says concerns its own customers only, and comes on top of it. */
    public State stateIn(Pool pool) {
        return pool.state().worst(state);
    }

    /** Whether its session ends before an attempt that begins now may end. */
    public boolean endsWithinAttempt(Pool pool, Instant now) {
        return sessionExpiresAt
                .filter(end -> !end.isAfter(now.plus(pool.times().attempt())))
                .isPresent();
    }

    /** Whether requests may be sent to it, as far as operators say: live or degraded, with a weight, its session outliving an attempt. */
    public boolean openIn(Pool pool, Instant now) {
        return stateIn(pool).takesRequests() && weight > 0 && !endsWithinAttempt(pool, now);
    }

    public Session session() {
        String id = switch (protocol) {
            case Protocol.Cortensor cortensor -> Long.toString(cortensor.sessionId());
            case Protocol.OpenAi openAi -> openAi.upstreamModel();
        };
        return new Session(Session.routerOf(routerUrl), id);
    }
}
