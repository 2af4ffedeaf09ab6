package network.cortensor.portal.health;

import java.time.Instant;

/**
 * The latest liveness and how long it has been so. It holds no time of the last look, so that a quiet tick changes nothing and writes
 * nothing; the heartbeat says that routers are looked at at all.
 *
 * @param since when it was first seen to be so
 * @param badInRow looks in a row that spoke against the target, at most {@link HealthFold#FAILURES_TO_EJECT}: more say no more
 * @param disproved whether a served answer has shown that this claim is wrong; it then counts no more until liveness says something else
 */
public record LastLiveness(Liveness liveness, Instant since, int badInRow, boolean disproved) {
    public LastLiveness {
        if (badInRow < 0 || badInRow > HealthFold.FAILURES_TO_EJECT) {
            throw new IllegalArgumentException(
                    "badInRow: " + badInRow + " (expected: 0 to " + HealthFold.FAILURES_TO_EJECT + ")");
        }
    }

    static LastLiveness first(Liveness liveness, Instant now) {
        return new LastLiveness(liveness, now, liveness.bad() ? 1 : 0, false);
    }

    LastLiveness then(Liveness next, Instant now) {
        Instant began = next == liveness ? since : now;
        boolean still = disproved && next == liveness;
        if (!next.bad() || still) {
            return new LastLiveness(next, began, 0, still);
        }
        return new LastLiveness(next, began, Math.min(badInRow + 1, HealthFold.FAILURES_TO_EJECT), false);
    }

    /** The same, known to be so from {@code now} on only. */
    LastLiveness from(Instant now) {
        return new LastLiveness(liveness, now, badInRow, disproved);
    }

    LastLiveness afterPass() {
        return new LastLiveness(liveness, since, 0, disproved || liveness.disprovable());
    }
}
