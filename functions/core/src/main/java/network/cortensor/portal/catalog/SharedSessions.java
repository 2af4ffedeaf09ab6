package network.cortensor.portal.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/** Finds targets that share a session: operators meant one of them to be another, so all of them count as paused. */
public final class SharedSessions {
    private SharedSessions() {}

    /** Those of {@code targets} whose session another one has as well. */
    public static Set<TargetId> doubled(Collection<Target> targets) {
        Map<Session, List<TargetId>> bySession = new HashMap<>();
        for (Target target : targets) {
            bySession
                    .computeIfAbsent(target.session(), session -> new ArrayList<>())
                    .add(target.id());
        }
        Set<TargetId> doubled = new HashSet<>();
        bySession.values().stream().filter(sharing -> sharing.size() > 1).forEach(doubled::addAll);
        return doubled;
    }

    /** The complaint about a target among {@link #doubled}. */
    public static Problem problem(Target target) {
        String field = switch (target.protocol()) {
            case Protocol.Cortensor _ -> "sessionId";
            case Protocol.OpenAi _ -> "upstreamModel";
        };
        return new Problem(
                "target " + target.id(),
                field,
                "another target has the same router and " + (field.equals("sessionId") ? "session" : "model")
                        + " (expected: one target per session)",
                Problem.Severity.ERROR);
    }
}
