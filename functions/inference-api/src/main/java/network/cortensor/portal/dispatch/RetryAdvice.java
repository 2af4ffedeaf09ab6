package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.slots.Lease;

/**
 * When a refused customer should come back: for each busy slot there is an instant at which it is likely to be free, and one of them is
 * drawn, so that customers who were refused together do not come back together.
 *
 * <p>Likely free means that most attempts of the pool would be over. Coming back at the usual time would meet half of the slots still busy, and
 * everyone else who came back for them.
 */
final class RetryAdvice {
    /** Official SDKs disagree on anything longer. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final DispatcherParts parts;
    private final UsualTimes usual;
    private final List<Instant> likelyFree = new ArrayList<>();

    RetryAdvice(DispatcherParts parts, UsualTimes usual) {
        this.parts = parts;
        this.usual = usual;
    }

    /** Reckons with a busy slot. One that is held for longer than most is likely lost to a hung task, and comes back when it expires. */
    void busy(Lease lease, TargetView candidate) {
        Instant likely = lease.takenAt().plus(most(candidate));
        likelyFree.add(likely.isAfter(now()) ? likely : parts.slots().freeAt(lease));
    }

    private Duration most(TargetView candidate) {
        return usual.of(candidate.target().id().pool())
                .or(() -> candidate.firstToken().map(average -> average.multipliedBy(2)))
                .orElse(parts.time().timing().usualAttempt());
    }

    /** 1 to 60 s; soon, if no busy slot was seen. */
    Duration wait(RandomGenerator random) {
        if (likelyFree.isEmpty()) {
            return SHORTEST;
        }
        Instant free = likelyFree.get(random.nextInt(likelyFree.size()));
        Duration spread = Duration.ofMillis(random.nextLong(SHORTEST.toMillis(), 2 * SHORTEST.toMillis()));
        return clip(Duration.between(now(), free).plus(spread));
    }

    /** As customers may be told to wait. */
    static Duration clip(Duration wait) {
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private Instant now() {
        return parts.time().clock().instant();
    }
}
