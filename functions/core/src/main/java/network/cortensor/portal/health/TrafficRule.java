package network.cortensor.portal.health;

import java.time.Duration;
import java.time.Instant;

/**
 * What of real traffic is worth a write: every failure; a success when it ends a run of failures or could bring the target back, and else
 * at most once in {@link #BETWEEN_SUCCESSES} per target. So a busy target costs two writes a minute however many requests it serves.
 */
public final class TrafficRule {
    public static final Duration BETWEEN_SUCCESSES = Duration.ofSeconds(30);

    private TrafficRule() {}

    /** @param before the evidence as it is stored now */
    public static boolean worthWriting(TargetHealth before, Observation seen, Instant now) {
        boolean steady = before.failuresInRow() == 0 && !(before.rotation() instanceof Rotation.Ejected);
        if (seen instanceof Observation.Served && steady) {
            return before.believable(now)
                    .latest()
                    .success()
                    .filter(at -> at.plus(BETWEEN_SUCCESSES).isAfter(now))
                    .isEmpty();
        }
        return !HealthFold.fold(before, seen, now).equals(before);
    }
}
