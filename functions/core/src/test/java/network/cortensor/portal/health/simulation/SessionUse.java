package network.cortensor.portal.health.simulation;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/** Which sessions are busy, and until when. */
final class SessionUse {
    private final Map<TargetId, Instant> freeAt = new HashMap<>();

    boolean free(Target target, Instant now) {
        return !freeAt(target).isAfter(now);
    }

    Instant freeAt(Target target) {
        return freeAt.getOrDefault(target.id(), Instant.MIN);
    }

    void take(Target target, Instant until) {
        freeAt.put(target.id(), until);
    }
}
