package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.net.URI;
import java.util.Map;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.prompt.Breaking;
import network.cortensor.portal.wire.Request;

/**
 * Any OpenAI-compatible server: a conversation goes to {@code /chat/completions} as it is, a bare prompt to {@code /completions}. Only where the server does not
 * break its model's special tokens are they {@linkplain Breaking broken} here.
 */
record OpenAiDialect(Protocol.OpenAi protocol, AttemptRequest ask) implements Dialect {

    @Override
    public Request request() {
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Accept", ask.accept());
        return Request.post(url(), headers, Json.write(body()));
    }

    /**
     * Such a server reads the customer's request itself, so that it can tell that the request is wrong, wherever it would be sent. One that has
     * enough to do says 429, or 503 with the time to wait.
     */
    @Override
    public Failure refusal(Rebuff rebuff) {
        int status = rebuff.status();
        return switch (status) {
            case 400, 413, 422 -> OpenAiError.of(rebuff.text()).rejection(status);
            case 429, 529 -> new Failure.Limited(rebuff.waitOrUsual());
            case 500 -> new Failure.RouterError();
            case 502, 503, 504 -> unavailable(rebuff);
            default -> status >= 400 && status < 500 ? new Failure.Refused(status) : new Failure.Unintelligible();
        };
    }

    private static Failure unavailable(Rebuff rebuff) {
        if (rebuff.status() == 503 && rebuff.retryAfter().isPresent()) {
            return new Failure.Limited(rebuff.retryAfter().get());
        }
        return rebuff.body().isPresent()
                ? new Failure.Unavailable(rebuff.status())
                : new Failure.GatewayError(rebuff.status());
    }

    @Override
    public boolean tells(int status) {
        return switch (status) {
            case 400, 413, 422 -> true;
            default -> status >= 500;
        };
    }

    @Override
    public AnswerReader reader() {
        CompletionRequest told = told();
        AnswerReader own = new OpenAiReader(told.stop(), told.maxTokens());
        AnswerReader reader = protocol.breaksSpecialTokens()
                ? own
                : new MendingReader(own, breaking().answer());
        return ask.request()
                .tools()
                .<AnswerReader>map(tools -> new OfferedCallsReader(reader, new OfferedCalls(tools)))
                .orElse(reader);
    }

    /** What the server is told of the request. */
    private CompletionRequest told() {
        return protocol.breaksSpecialTokens() ? ask.request() : breaking().broken(ask.request());
    }

    private Breaking breaking() {
        return Breaking.of(ask.request().promptFormat());
    }

    private URI url() {
        String path = switch (ask.request().input()) {
            case Input.Chat ignored -> "/chat/completions";
            case Input.Prompt ignored -> "/completions";
        };
        return RouterPaths.openAi(ask.target().routerUrl(), path);
    }

    private ObjectNode body() {
        CompletionRequest told = told();
        ObjectNode body = Json.object().put("model", protocol.upstreamModel());
        switch (told.input()) {
            case Input.Chat chat -> body.set("messages", OpenAiMessages.json(chat.messages()));
            case Input.Prompt prompt -> body.put("prompt", prompt.text());
        }
        body.put("max_tokens", told.maxTokens());
        body.put("stream", ask.streamed());
        if (ask.streamed()) {
            body.putObject("stream_options").put("include_usage", true);
        }
        putSampling(told.sampling(), body);
        putStop(told, body);
        putFeatures(told, body);
        return body;
    }

    private static void putSampling(Sampling sampling, ObjectNode body) {
        sampling.temperature().ifPresent(value -> body.put("temperature", value));
        sampling.topP().ifPresent(value -> body.put("top_p", value));
        sampling.topK().ifPresent(value -> body.put("top_k", value));
        sampling.presencePenalty().ifPresent(value -> body.put("presence_penalty", value));
        sampling.frequencyPenalty().ifPresent(value -> body.put("frequency_penalty", value));
        sampling.seed().ifPresent(value -> body.put("seed", value));
        sampling.reasoningEffort().ifPresent(value -> body.put("reasoning_effort", value));
    }

    private static void putStop(CompletionRequest told, ObjectNode body) {
        if (!told.stop().isEmpty()) {
            ArrayNode stop = body.putArray("stop");
            told.stop().forEach(stop::add);
        }
    }

    private static void putFeatures(CompletionRequest told, ObjectNode body) {
        told.tools().ifPresent(tools -> {
            body.putRawValue("tools", new RawValue(tools.definitions().text()));
            tools.choice().ifPresent(choice -> body.putRawValue("tool_choice", new RawValue(choice.text())));
            switch (tools.calls()) {
                case ANY_NUMBER -> {}
                case ONE -> body.put("parallel_tool_calls", false);
            }
        });
        told.responseFormat().ifPresent(format -> body.putRawValue("response_format", new RawValue(format.text())));
    }
}
