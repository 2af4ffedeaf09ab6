package network.cortensor.portal.testkit.router;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One Cortensor router node as customers of it see it, on a loopback port: the recorded routes, bytes and oddities, sessions that are
 * busy with one task at a time, and every {@link Fault} switchable per session while it runs, from Java or over its own port ({@link
 * Control}).
 *
 * <p>An answer repeats the words of the prompt's last user turn, token by token, so that an answer to somebody else's prompt shows.
 * Which turn that is, it reads from the prompt formats of the model families ({@link PublishedFormat}).
 *
 * <p>Safe for use by many threads, except that stopping and restarting is for one at a time.
 */
public final class RouterSimulator implements AutoCloseable {
    private final SimulatedSessions sessions;
    private final ClientReferences references = new ClientReferences();
    private final Upstream upstream;

    private RouterSimulator(RouterConfig config) {
        sessions = new SimulatedSessions(
                config.settings(), config.mixup(), config.surroundings().clock());
        config.sessions().forEach(this::session);
        RouterRoutes routes = new RouterRoutes(config, sessions, references);
        upstream = new Upstream(config.port(), sessions, Control.Keys.NUMBERS, config.surroundings(), routes);
    }

    /** @throws java.io.UncheckedIOException if the port is taken */
    public static RouterSimulator start(RouterConfig config) {
        return new RouterSimulator(config);
    }

    /** Scheme, host and port, the same after a restart. */
    public URI url() {
        return upstream.url();
    }

    /** The session of this number, which comes into being when it is first spoken of. */
    public SimulatedSession session(long id) {
        return sessions.at(Long.toString(id));
    }

    /** All sessions that were spoken of, by number. */
    public List<SessionCounts> counts() {
        return sessions.all().stream().map(SimulatedSession::counts).toList();
    }

    /** How often each {@code client_reference} came in; more than once means that a request was resent. */
    public Map<String, Integer> timesReceived() {
        return references.times();
    }

    /** How many connections were ever made to it. */
    public long connections() {
        return upstream.server().connections();
    }

    /** Kills the router: connects are refused, connections break, tasks die. Counters stay. */
    public void stop() {
        upstream.server().stop();
    }

    /** Revives a stopped router on its port. */
    public void restart() {
        upstream.server().restart();
    }

    @Override
    public void close() {
        stop();
    }
}
