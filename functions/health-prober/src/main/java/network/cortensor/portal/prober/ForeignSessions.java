package network.cortensor.portal.prober;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import network.cortensor.portal.health.RouterSight.SessionSeen;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.TargetId;

/**
 * Sessions that somebody else seems to use. Slots keep requests of one deployment apart; a second deployment, or a person with the router's
 * credential, has slots of its own or none, and its requests meet ours in the session, where answers may be swapped.
 *
 * <p>Two things speak for it, and both are the router's own words, which may be absent:
 *
 * <ul>
 *   <li><b>Tasks</b>: the session works while all of our slots of it are free. A task of ours may end between a look at the router and one at the
 *       slots. So the order is look, slots, look, slots: the session works at both looks, and its slots are free at both reads. A task of ours
 *       that is met at the second look would have to begin and to end between the two reads, and none is known that took less than 8 s.
 *   <li><b>Owner</b>: the session belongs to somebody else than most of our sessions on the same router do: {@code A A B} makes {@code B} foreign,
 *       {@code A B} makes neither foreign.
 * </ul>
 */
final class ForeignSessions {
    private final ProberParts parts;
    private final ProbeLines lines;
    private final Instant until;

    /** @param until when no more looks begin */
    ForeignSessions(ProberParts parts, ProbeLines lines, Instant until) {
        this.parts = parts;
        this.lines = lines;
        this.until = until;
    }

    /**
     * Names them in order, as in {@code router.example:5010/101}, and writes a line for each.
     *
     * @param said what routers said of sessions, before {@code slots} were read
     */
    Set<String> among(List<Subject> subjects, Map<TargetId, SessionSeen> said, SlotView slots)
            throws InterruptedException {
        List<Subject> listed = subjects.stream()
                .filter(subject -> subject.target().protocol() instanceof Protocol.Cortensor)
                .filter(subject -> said.containsKey(subject.target().id()))
                .toList();
        Set<String> foreign = new TreeSet<>();
        ofOtherOwners(listed, said).forEach(subject -> tell(subject, "owner", foreign));
        atWork(listed, said, slots).forEach(subject -> tell(subject, "tasks", foreign));
        return foreign;
    }

    private void tell(Subject subject, String why, Set<String> foreign) {
        lines.foreign(subject, why);
        foreign.add(subject.target().session().router() + "/"
                + subject.target().session().id());
    }

    private static List<Subject> ofOtherOwners(List<Subject> subjects, Map<TargetId, SessionSeen> said) {
        Map<String, Map<Session, String>> routers = new HashMap<>();
        for (Subject subject : subjects) {
            Session session = subject.target().session();
            owner(subject, said)
                    .ifPresent(owner -> routers.computeIfAbsent(session.router(), r -> new HashMap<>())
                            .put(session, owner));
        }
        return subjects.stream()
                .filter(subject -> owner(subject, said)
                        .filter(owner -> mostly(routers.getOrDefault(
                                        subject.target().session().router(), Map.of()))
                                .filter(usual -> !usual.equals(owner))
                                .isPresent())
                        .isPresent())
                .toList();
    }

    private static Optional<String> owner(Subject subject, Map<TargetId, SessionSeen> said) {
        return Optional.ofNullable(said.get(subject.target().id())).flatMap(SessionSeen::owner);
    }

    /** Whose more than half of the sessions are. */
    private static Optional<String> mostly(Map<Session, String> owners) {
        return owners.values().stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .filter(each -> each.getValue() * 2 > owners.size())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private List<Subject> atWork(List<Subject> subjects, Map<TargetId, SessionSeen> said, SlotView slots)
            throws InterruptedException {
        List<Subject> suspects = idleAndAtWork(subjects, said, slots);
        if (suspects.isEmpty()) {
            return suspects;
        }
        LivenessProbes again = new LivenessProbes(parts, lines, until);
        again.at(suspects);
        return idleAndAtWork(suspects, again.sessions(), SlotView.read(parts, suspects));
    }

    private static List<Subject> idleAndAtWork(
            List<Subject> subjects, Map<TargetId, SessionSeen> said, SlotView slots) {
        return subjects.stream()
                .filter(subject -> subject.target().capacity() instanceof Capacity.Slots)
                .filter(subject -> slots.taken(subject.target())
                        .filter(taken -> taken == 0)
                        .isPresent())
                .filter(subject -> Optional.ofNullable(said.get(subject.target().id()))
                        .filter(session -> session.tasks().orElse(0) > 0)
                        .isPresent())
                .toList();
    }
}
