package network.cortensor.portal.testkit.router;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The sessions of one upstream, by number or name. Safe for use by many threads. */
final class SimulatedSessions {
    /** Numbers in their order, names after their length. */
    private final ConcurrentSkipListMap<String, SimulatedSession> byId = new ConcurrentSkipListMap<>(
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));

    private final SessionSettings initial;
    private final Mixup mixup;
    private final InstantSource clock;

    SimulatedSessions(SessionSettings initial, Mixup mixup, InstantSource clock) {
        this.initial = initial;
        this.mixup = mixup;
        this.clock = clock;
    }

    /** The settings of a session that nobody has set otherwise. */
    SessionSettings initial() {
        return initial;
    }

    /** The session of this id, which comes into being when it is first spoken of. */
    SimulatedSession at(String id) {
        return byId.computeIfAbsent(id, key -> new SimulatedSession(key, initial, mixup, clock));
    }

    Optional<SimulatedSession> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<SimulatedSession> all() {
        return List.copyOf(byId.values());
    }

    void abortTasks() {
        all().forEach(SimulatedSession::abortTasks);
    }
}
