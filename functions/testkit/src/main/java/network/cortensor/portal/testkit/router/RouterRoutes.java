package network.cortensor.portal.testkit.router;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.testkit.http.Answer;
import network.cortensor.portal.testkit.http.CannedReply;
import network.cortensor.portal.testkit.http.HttpHandler;
import network.cortensor.portal.testkit.http.PeerRequest;

/**
 * A router's routes. The order of its checks is assumed: route, method, key, body, session.
 *
 * <p>A session id comes into being with its first request; what a real router says to an unknown one is not known.
 */
final class RouterRoutes implements HttpHandler {
    private static final Pattern COMPLETIONS = Pattern.compile("/api/v(\\d+)/completions(?:/([^/]*))?");

    private final RouterConfig config;
    private final SimulatedSessions sessions;
    private final ClientReferences references;
    private final HealthPayloads health;

    RouterRoutes(RouterConfig config, SimulatedSessions sessions, ClientReferences references) {
        this.config = config;
        this.sessions = sessions;
        this.references = references;
        this.health = new HealthPayloads(sessions);
    }

    @Override
    public void handle(PeerRequest request, Answer answer) throws InterruptedException {
        Matcher completions = COMPLETIONS.matcher(request.path());
        if (completions.matches() && knows(completions)) {
            complete(request, Optional.ofNullable(completions.group(2)), answer);
            return;
        }
        Optional<String> payload = health.at(request.path());
        if (payload.isEmpty()) {
            answer.send(RouterErrors.NOT_FOUND);
        } else if (!request.method().equals("GET")) {
            answer.send(RouterErrors.methodNotAllowed("GET"));
        } else if (!Upstream.admits(config.key(), request)) {
            answer.send(RouterErrors.UNAUTHORIZED);
        } else {
            answer.send(CannedReply.json("200 OK", payload.get()));
        }
    }

    private boolean knows(Matcher completions) {
        RouterConfig.SessionPlace form =
                completions.group(2) == null ? RouterConfig.SessionPlace.BODY : RouterConfig.SessionPlace.PATH;
        return config.build().forms().contains(form)
                && config.build().versions().stream()
                        .anyMatch(version -> version.toString().equals(completions.group(1)));
    }

    private void complete(PeerRequest request, Optional<String> inPath, Answer answer) throws InterruptedException {
        if (!request.method().equals("POST")) {
            answer.send(RouterErrors.methodNotAllowed("POST"));
            return;
        }
        if (!Upstream.admits(config.key(), request)) {
            answer.send(RouterErrors.UNAUTHORIZED);
            return;
        }
        Optional<CompletionAsk> ask = CompletionAsk.of(request.body());
        ask.flatMap(CompletionAsk::clientReference).ifPresent(references::add);
        Optional<String> id = inPath.isPresent()
                ? inPath.filter(text -> text.matches("[0-9]{1,18}"))
                : ask.flatMap(CompletionAsk::sessionId);
        if (ask.isEmpty() || id.isEmpty()) {
            answer.send(RouterErrors.BAD_REQUEST);
            return;
        }
        SimulatedSession session = sessions.at(Long.toString(Long.parseLong(id.get())));
        long created = config.surroundings().clock().instant().getEpochSecond();
        Upstream.serve(session, ask.get().script(session.settings(), created), answer, config.surroundings());
    }
}
