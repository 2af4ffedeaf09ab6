package network.cortensor.portal.testkit.router;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a simulated router is.
 *
 * @param port 0 for any free one
 * @param key that callers must bring as a bearer token; if absent, anybody may call
 * @param build which routes it knows
 * @param sessions that it lists from the start; others come into being when they are first spoken of
 * @param settings of sessions that nobody has set otherwise
 * @param mixup what two tasks at once on a session do to each other
 */
public record RouterConfig(
        int port,
        Optional<String> key,
        Build build,
        List<Long> sessions,
        SessionSettings settings,
        Mixup mixup,
        SimulatorSurroundings surroundings) {

    /** A router of any free port that knows all routes, wants no key, and works in real time. */
    public static final RouterConfig DEFAULT = new RouterConfig(
            0,
            Optional.empty(),
            Build.ALL,
            List.of(),
            SessionSettings.DEFAULT,
            Mixup.seeded(0),
            SimulatorSurroundings.REAL);

    public RouterConfig {
        sessions = List.copyOf(sessions);
    }

    /**
     * The routes that a build of the router's software knows; it answers 404 to all others.
     *
     * @param versions of the completions route, 1 to 3
     * @param forms where the session id may stand
     */
    public record Build(Set<Integer> versions, Set<SessionPlace> forms) {
        public static final Build ALL = new Build(Set.of(1, 2, 3), EnumSet.allOf(SessionPlace.class));

        public Build {
            versions = Set.copyOf(versions);
            forms = Set.copyOf(forms);
        }
    }

    /** Where the session id of a request stands: in its body or in its path. */
    public enum SessionPlace {
        BODY,
        PATH
    }

    public RouterConfig withKey(String value) {
        return new RouterConfig(port, Optional.of(value), build, sessions, settings, mixup, surroundings);
    }

    public RouterConfig withBuild(Build value) {
        return new RouterConfig(port, key, value, sessions, settings, mixup, surroundings);
    }

    public RouterConfig withSessions(long... values) {
        List<Long> listed = Arrays.stream(values).boxed().toList();
        return new RouterConfig(port, key, build, listed, settings, mixup, surroundings);
    }

    public RouterConfig withSettings(SessionSettings value) {
        return new RouterConfig(port, key, build, sessions, value, mixup, surroundings);
    }

    public RouterConfig withMixup(Mixup value) {
        return new RouterConfig(port, key, build, sessions, settings, value, surroundings);
    }

    public RouterConfig withSurroundings(SimulatorSurroundings value) {
        return new RouterConfig(port, key, build, sessions, settings, mixup, value);
    }

    /** The key is a secret, if only a simulated one. */
    @Override
    public String toString() {
        return "RouterConfig[port " + port + ", sessions " + sessions + "]";
    }
}
