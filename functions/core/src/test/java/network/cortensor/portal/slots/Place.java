package network.cortensor.portal.slots;

import java.time.Duration;
import network.cortensor.portal.model.Session;

/** What a worker knows of a target: several may stand on one session, and a move to another pool changes its attempts' time. */
record Place(String target, Session session, int capacity, Duration attempt) {
    Place withCapacity(int changed) {
        return new Place(target, session, changed, attempt);
    }

    Place withAttempt(Duration changed) {
        return new Place(target, session, capacity, changed);
    }

    Place doubled(int itsCapacity) {
        return new Place(target + "-double", session, itsCapacity, attempt);
    }

    boolean isDouble() {
        return target.endsWith("-double");
    }
}
