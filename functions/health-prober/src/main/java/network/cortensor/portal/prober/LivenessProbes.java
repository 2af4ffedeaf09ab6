package network.cortensor.portal.prober;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.RouterSight;
import network.cortensor.portal.health.RouterSight.SessionSeen;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/** The looks of one tick: one per router, however many targets it has. */
final class LivenessProbes {
    private final ProberParts parts;
    private final ProbeLines lines;
    private final Instant until;
    private final Map<TargetId, SessionSeen> sessions = new ConcurrentHashMap<>();

    /** One router in one protocol. */
    private record Place(String url, String protocol) {
        private static Place of(Target target) {
            return new Place(
                    target.routerUrl().toString().replaceAll("/+$", ""),
                    target.protocol().word());
        }
    }

    /** @param until when no more looks begin */
    LivenessProbes(ProberParts parts, ProbeLines lines, Instant until) {
        this.parts = parts;
        this.lines = lines;
        this.until = until;
    }

    /** What was seen of each target; a target that there was no time for is absent. */
    Map<TargetId, Liveness> at(List<Subject> subjects) throws InterruptedException {
        Map<Place, List<Subject>> places = new LinkedHashMap<>();
        subjects.forEach(subject -> places.computeIfAbsent(Place.of(subject.target()), place -> new ArrayList<>())
                .add(subject));
        Map<TargetId, Liveness> seen = new HashMap<>();
        for (Map<TargetId, Liveness> each :
                Abreast.map(places.values(), parts.limits().looksAtOnce(), this::look)) {
            seen.putAll(each);
        }
        return seen;
    }

    /** What routers said of the sessions of those that were looked at, as far as they said anything. */
    Map<TargetId, SessionSeen> sessions() {
        return Map.copyOf(sessions);
    }

    private Map<TargetId, Liveness> look(List<Subject> neighbours) throws InterruptedException {
        Map<TargetId, Liveness> seen = new HashMap<>();
        URI url = neighbours.getFirst().target().routerUrl();
        Protocol protocol = neighbours.getFirst().target().protocol();
        Optional<RouterSight> sight = parts.clock().instant().isBefore(until)
                ? Optional.of(parts.network().lookout().look(url, protocol))
                : Optional.empty();
        sight.ifPresent(known -> neighbours.forEach(subject -> {
            Liveness liveness = known.liveness(subject.target(), parts.clock().instant());
            lines.looked(subject, known, liveness);
            seen.put(subject.target().id(), liveness);
            known.session(subject.target())
                    .ifPresent(session -> sessions.put(subject.target().id(), session));
        }));
        return seen;
    }
}
