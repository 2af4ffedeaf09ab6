package network.cortensor.portal.testkit.router;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import network.cortensor.portal.testkit.http.Answer;
import network.cortensor.portal.testkit.http.HttpHandler;
import network.cortensor.portal.testkit.http.HttpRequest;
import network.cortensor.portal.testkit.http.Reply;

/** The routes of an OpenAI-compatible server. */
final class OpenAiRoutes implements HttpHandler {
    private static final String MODELS = "/v1/models";

    private final OpenAiConfig config;
    private final Sessions sessions;

    OpenAiRoutes(OpenAiConfig config, Sessions sessions) {
        this.config = config;
        this.sessions = sessions;
    }

    @Override
    public void handle(HttpRequest request, Answer answer) throws InterruptedException {
        if (!Upstream.admits(config.key(), request)) {
            answer.send(OpenAiErrors.UNAUTHORIZED);
            return;
        }
        switch (request.path()) {
            case "/v1/chat/completions" -> complete(request, OpenAiForm.CHAT, answer);
            case "/v1/completions" -> complete(request, OpenAiForm.TEXT, answer);
            default -> answer.send(models(request));
        }
    }

    private Reply models(HttpRequest request) {
        if (!request.path().equals(MODELS) && !request.path().startsWith(MODELS + "/")) {
            return OpenAiErrors.NOT_FOUND;
        }
        if (!request.method().equals("GET")) {
            return OpenAiErrors.methodNotAllowed("GET");
        }
        if (request.path().equals(MODELS)) {
            return Reply.json(
                    "200 OK",
                    config.models().stream()
                            .map(OpenAiRoutes::model)
                            .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}")));
        }
        String name = URLDecoder.decode(request.path().substring(MODELS.length() + 1), StandardCharsets.UTF_8);
        return config.models().contains(name) ? Reply.json("200 OK", model(name)) : OpenAiErrors.modelNotFound(name);
    }

    private static String model(String name) {
        return "{\"id\":%s,\"object\":\"model\",\"created\":1754000000,\"owned_by\":\"simulator\"}"
                .formatted(PythonJson.quote(name));
    }

    private void complete(HttpRequest request, OpenAiForm form, Answer answer) throws InterruptedException {
        if (!request.method().equals("POST")) {
            answer.send(OpenAiErrors.methodNotAllowed("POST"));
            return;
        }
        Optional<OpenAiAsk> ask = OpenAiAsk.of(request.body(), form);
        if (ask.isEmpty()) {
            answer.send(OpenAiErrors.badRequest("Neither JSON nor a completion request"));
            return;
        }
        String model = ask.get().model();
        if (!config.models().contains(model)) {
            answer.send(OpenAiErrors.modelNotFound(model));
            return;
        }
        SimulatedSession session = sessions.at(model);
        long created = config.surroundings().clock().instant().getEpochSecond();
        Upstream.serve(session, ask.get().script(session.settings(), created), answer, config.surroundings());
    }
}
