package network.cortensor.portal.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Requests that are in flight, and when they are likely over: each when it has taken as long as most do, and one that takes longer already when it
 * has taken half as long again.
 *
 * @param usual how long most requests take
 */
record InFlight(List<OpenRequest> open, Duration usual, Instant now) {
    InFlight {
        open = List.copyOf(open);
    }

    /** The tokens that they hold together. */
    long reserved() {
        return open.stream().mapToLong(OpenRequest::reserved).reduce(0, SaturatingSums::plus);
    }

    /** How long the oldest has been running; zero if there is none. */
    Duration longest() {
        return open.stream().map(this::age).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /**
     * How long it is likely to take until enough of them are over.
     *
     * @param needed what they must give back
     * @param share what each gives back
     */
    Duration untilRoom(long needed, ToLongFunction<OpenRequest> share) {
        long missing = needed;
        Duration wait = Duration.ZERO;
        for (OpenRequest request :
                open.stream().sorted(Comparator.comparing(this::left)).toList()) {
            if (missing <= 0) {
                return wait;
            }
            missing -= share.applyAsLong(request);
            wait = left(request);
        }
        return wait;
    }

    private Duration left(OpenRequest request) {
        Duration age = age(request);
        return age.compareTo(usual) < 0 ? usual.minus(age) : age.dividedBy(2);
    }

    private Duration age(OpenRequest request) {
        Duration age = Duration.between(request.id().at(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
