package network.cortensor.portal.testkit.router;

import java.net.URI;
import java.util.List;

/**
 * One OpenAI-compatible server on a loopback port: models, chat and text completions, streamed and not, tool calls, usage. It answers
 * with the words of the last user message, and misbehaves and is controlled like a {@link RouterSimulator}, by model instead of session.
 *
 * <p>What it does not do: stop texts, several choices, images, sampling.
 */
public final class OpenAiSimulator implements AutoCloseable {
    private final SimulatedSessions sessions;
    private final Upstream upstream;

    private OpenAiSimulator(OpenAiConfig config) {
        // With room for any number of tasks, none are ever mixed up.
        sessions = new SimulatedSessions(
                config.settings(), Mixup.SWAPPED, config.surroundings().clock());
        config.models().forEach(this::session);
        OpenAiRoutes routes = new OpenAiRoutes(config, sessions);
        upstream = new Upstream(config.port(), sessions, Control.Keys.NAMES, config.surroundings(), routes);
    }

    /** @throws java.io.UncheckedIOException if the port is taken */
    public static OpenAiSimulator start(OpenAiConfig config) {
        return new OpenAiSimulator(config);
    }

    /** Scheme, host and port, the same after a restart; the routes begin with {@code /v1}. */
    public URI url() {
        return upstream.url();
    }

    /** The work on this model. */
    public SimulatedSession session(String model) {
        return sessions.at(model);
    }

    /** All models, by name. */
    public List<SessionCounts> counts() {
        return sessions.all().stream().map(SimulatedSession::counts).toList();
    }

    /** How many connections were ever made to it. */
    public long connections() {
        return upstream.server().connections();
    }

    /** Kills the server: connects are refused, connections break, tasks die. Counters stay. */
    public void stop() {
        upstream.server().stop();
    }

    /** Revives a stopped server on its port. */
    public void restart() {
        upstream.server().restart();
    }

    @Override
    public void close() {
        stop();
    }
}
