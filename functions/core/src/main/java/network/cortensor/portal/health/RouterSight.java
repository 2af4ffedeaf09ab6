package network.cortensor.portal.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Target;

/** What one cheap look at a router brought, for all of its targets. */
public sealed interface RouterSight {
    /** How long before its end a session is said to end soon. */
    Duration SOON = Duration.ofDays(1);

    /** The word of {@link Unreadable} for a router that was not asked because its credential is missing or cannot be read. */
    String NO_CREDENTIAL = "no_credential";

    /**
     * Nobody answered, or only what stands in front of the router.
     *
     * @param why a fixed word, for the log
     */
    record Silent(String why) implements RouterSight {}

    /**
     * An answer that says nothing about the router, or none because we did not ask.
     *
     * @param why a fixed word, for the log
     */
    record Unreadable(String why) implements RouterSight {}

    /**
     * The router's own words.
     *
     * @param miners connected to it, if it says
     * @param sessions by id, if it lists them all; models by name, for an OpenAI-compatible server
     */
    record Seen(OptionalInt miners, Optional<Map<String, SessionSeen>> sessions) implements RouterSight {
        public Seen {
            sessions = sessions.map(Map::copyOf);
        }

        /** Model servers list their models under other names than they answer to, or serve what they do not list. */
        private static boolean listsAll(Target target) {
            return target.protocol() instanceof Protocol.Cortensor;
        }

        private Liveness of(Target target, Instant now) {
            Optional<SessionSeen> session = sessions.flatMap(
                    listed -> Optional.ofNullable(listed.get(target.session().id())));
            if (sessions.isPresent() && session.isEmpty() && listsAll(target)) {
                return Liveness.SESSION_MISSING;
            }
            if (session.filter(seen -> seen.activity() == SessionSeen.Activity.INACTIVE)
                    .isPresent()) {
                return Liveness.SESSION_INACTIVE;
            }
            // The session's own number is nearer to the truth than the router's.
            OptionalInt working = session.map(SessionSeen::miners)
                    .filter(OptionalInt::isPresent)
                    .orElse(miners);
            if (working.isPresent() && working.getAsInt() == 0) {
                return Liveness.NO_MINERS;
            }
            return ends(target, now.plus(SOON)) ? Liveness.EXPIRES_SOON : Liveness.ALIVE;
        }
    }

    /**
     * What a router says of one session.
     *
     * @param miners that work for it, if it says
     * @param tasks that it works on now, if it says
     * @param owner whose it is, if it says
     */
    record SessionSeen(Activity activity, OptionalInt miners, OptionalInt tasks, Optional<String> owner) {
        /** One of which tasks and owner are not told. */
        public SessionSeen(Activity activity, OptionalInt miners) {
            this(activity, miners, OptionalInt.empty(), Optional.empty());
        }

        /** Whether the session is said to work. */
        public enum Activity {
            ACTIVE,
            INACTIVE
        }
    }

    /** What the router says of a target's session, if anything. */
    default Optional<SessionSeen> session(Target target) {
        return switch (this) {
            case Silent _, Unreadable _ -> Optional.empty();
            case Seen seen ->
                seen.sessions()
                        .flatMap(listed ->
                                Optional.ofNullable(listed.get(target.session().id())));
        };
    }

    /** What this means for one of the router's targets. */
    default Liveness liveness(Target target, Instant now) {
        return switch (this) {
            case Silent ignored -> Liveness.ROUTER_DOWN;
            case Unreadable ignored -> ends(target, now) ? Liveness.EXPIRED : Liveness.UNREADABLE;
            case Seen seen -> ends(target, now) ? Liveness.EXPIRED : seen.of(target, now);
        };
    }

    private static boolean ends(Target target, Instant by) {
        return target.sessionExpiresAt().filter(end -> !end.isAfter(by)).isPresent();
    }
}
