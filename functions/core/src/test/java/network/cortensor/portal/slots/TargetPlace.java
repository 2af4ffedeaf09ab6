package network.cortensor.portal.slots;

import java.time.Duration;
import network.cortensor.portal.model.Session;

/** What a worker knows of a target: several may stand on one session, and a move to another pool changes its attempts' time. */
record TargetPlace(String target, Session session, int capacity, Duration attempt) {
    TargetPlace withCapacity(int changed) {
        return new TargetPlace(target, session, changed, attempt);
    }

    TargetPlace withAttempt(Duration changed) {
        return new TargetPlace(target, session, capacity, changed);
    }

    TargetPlace doubled(int itsCapacity) {
        return new TargetPlace(target + "-double", session, itsCapacity, attempt);
    }

    boolean isDouble() {
        return target.endsWith("-double");
    }
}
