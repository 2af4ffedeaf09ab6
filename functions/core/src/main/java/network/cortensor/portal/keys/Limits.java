package network.cortensor.portal.keys;

import java.util.OptionalLong;

/**
 * How much may be used; what is absent is unlimited. All are 1 or more: who may do nothing has no key.
 *
 * @param requestsPerMinute in any sixty seconds
 * @param requestsPerWeek in any seven days
 * @param tokensPerWeek of prompts and answers together, in any seven days
 * @param requestsInFlight at once
 */
public record Limits(
        OptionalLong requestsPerMinute,
        OptionalLong requestsPerWeek,
        OptionalLong tokensPerWeek,
        OptionalLong requestsInFlight) {

    public static final Limits NONE =
            new Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    public Limits {
        require("requestsPerMinute", requestsPerMinute);
        require("requestsPerWeek", requestsPerWeek);
        require("tokensPerWeek", tokensPerWeek);
        require("requestsInFlight", requestsInFlight);
    }

    private static void require(String limit, OptionalLong value) {
        if (value.orElse(1) < 1) {
            throw new IllegalArgumentException(limit + ": " + value.getAsLong() + " (expected: >= 1)");
        }
    }
}
