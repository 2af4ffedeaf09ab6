package network.cortensor.portal.usage;

import java.util.OptionalLong;
import network.cortensor.portal.keys.Limits;

/**
 * What the current sixtieths may hold at most for one more request to be let in, while the past stays as it was seen: the limits in
 * a form that a table can check while it adds. What is absent is unbounded.
 */
public record Bounds(OptionalLong minute, OptionalLong week, OptionalLong tokens, OptionalLong inFlight) {

    /** @param reserves tokens that the request will reserve */
    static Bounds of(Limits limits, Use use, long reserves) {
        return new Bounds(
                below(limits.requestsPerMinute(), use.minute().past().total() + 1),
                below(limits.requestsPerWeek(), use.week().past().total() + 1),
                below(limits.tokensPerWeek(), use.tokens().past().total() + reserves),
                below(limits.requestsInFlight(), 1));
    }

    private static OptionalLong below(OptionalLong limit, long taken) {
        return limit.isPresent() ? OptionalLong.of(limit.getAsLong() - taken) : limit;
    }

    boolean hold(Use use) {
        return within(minute, use.minute().now())
                && within(week, use.week().now())
                && within(tokens, use.tokens().now())
                && within(inFlight, use.inFlight());
    }

    private static boolean within(OptionalLong bound, long value) {
        return bound.isEmpty() || value <= bound.getAsLong();
    }
}
