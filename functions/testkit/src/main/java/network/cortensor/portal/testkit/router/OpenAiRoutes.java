package network.cortensor.portal.testkit.router;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import network.cortensor.portal.testkit.http.Answer;
import network.cortensor.portal.testkit.http.CannedReply;
import network.cortensor.portal.testkit.http.HttpHandler;
import network.cortensor.portal.testkit.http.PeerRequest;

/** The routes of an OpenAI-compatible server. */
final class OpenAiRoutes implements HttpHandler {
    private static final String MODELS = "/v1/models";

    private final OpenAiConfig config;
    private final SimulatedSessions sessions;

    OpenAiRoutes(OpenAiConfig config, SimulatedSessions sessions) {
        this.config = config;
        this.sessions = sessions;
    }

    @Override
    public void handle(PeerRequest request, Answer answer) throws InterruptedException {
        if (!Upstream.admits(config.key(), request)) {
            answer.send(ServerErrors.UNAUTHORIZED);
            return;
        }
        switch (request.path()) {
            case "/v1/chat/completions" -> complete(request, OpenAiForm.CHAT, answer);
            case "/v1/completions" -> complete(request, OpenAiForm.TEXT, answer);
            default -> answer.send(models(request));
        }
    }

    private CannedReply models(PeerRequest request) {
        if (!request.path().equals(MODELS) && !request.path().startsWith(MODELS + "/")) {
            return ServerErrors.NOT_FOUND;
        }
        if (!request.method().equals("GET")) {
            return ServerErrors.methodNotAllowed("GET");
        }
        if (request.path().equals(MODELS)) {
            return CannedReply.json(
                    "200 OK",
                    config.models().stream()
                            .map(OpenAiRoutes::model)
                            .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}")));
        }
        String name = URLDecoder.decode(request.path().substring(MODELS.length() + 1), StandardCharsets.UTF_8);
        return config.models().contains(name)
                ? CannedReply.json("200 OK", model(name))
                : ServerErrors.modelNotFound(name);
    }

    private static String model(String name) {
        return "{\"id\":%s,\"object\":\"model\",\"created\":1754000000,\"owned_by\":\"simulator\"}"
                .formatted(PythonAsciiJson.quote(name));
    }

    private void complete(PeerRequest request, OpenAiForm form, Answer answer) throws InterruptedException {
        if (!request.method().equals("POST")) {
            answer.send(ServerErrors.methodNotAllowed("POST"));
            return;
        }
        Optional<OpenAiAsk> ask = OpenAiAsk.of(request.body(), form);
        if (ask.isEmpty()) {
            answer.send(ServerErrors.badRequest("Neither JSON nor a completion request"));
            return;
        }
        String model = ask.get().model();
        if (!config.models().contains(model)) {
            answer.send(ServerErrors.modelNotFound(model));
            return;
        }
        SimulatedSession session = sessions.at(model);
        long created = config.surroundings().clock().instant().getEpochSecond();
        Upstream.serve(session, ask.get().script(session.settings(), created), answer, config.surroundings());
    }
}
