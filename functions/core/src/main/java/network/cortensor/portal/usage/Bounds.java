package network.cortensor.portal.usage;

import java.util.OptionalLong;
import network.cortensor.portal.keys.Limits;

/**
 * The largest values of the current sixtieths at which one more request may be let in. A table can check them in the very write that adds the request, and they
 * hold as long as the earlier sixtieths stay as they were seen.
 *
 * <p>Each bound is the limit, less what the earlier sixtieths hold, less what the request adds. For example, with a limit of 20 requests a minute and 12
 * requests in the earlier sixtieths, {@code minute} is 20 - 12 - 1 = 7: with 7 requests in the current sixtieth the next one is the twentieth.
 *
 * @param minute requests of the minute; absent if unlimited, as each of these
 * @param week requests of the week
 * @param tokens of the week, reserved ones included
 * @param inFlight requests in flight
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
