package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.prompt.Prompt;
import network.cortensor.portal.wire.Request;

/**
 * A Cortensor router's completions route: prompts only, versions 1 to 3, session id in the body or in the path.
 *
 * @param reference unique per attempt
 */
record CortensorDialect(Protocol.Cortensor protocol, AttemptRequest ask, Prompt prompt, String reference)
        implements Dialect {
    /** The prompt is written by us, not by a template of the router's. */
    private static final int RAW_PROMPT = 1;

    @Override
    public Request request() {
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Accept", ask.accept());
        return Request.post(url(), headers, Json.write(body()));
    }

    /**
     * A 4xx says how the target is addressed or what its proxy takes, not that the customer's request is wrong: another router may be set up
     * otherwise. A mix-up is the router's own word, whatever the status.
     */
    @Override
    public Failure refusal(Rebuff rebuff) {
        int status = rebuff.status();
        if (status >= 500 && CortensorAnswer.tellsMixUp(rebuff.text())) {
            return new Failure.Mismatch();
        }
        return switch (status) {
            case 429 -> new Failure.Limited(rebuff.waitOrUsual());
            case 500 -> new Failure.RouterError();
            case 502, 503, 504 -> new Failure.GatewayError(status);
            default -> status >= 400 && status < 500 ? new Failure.Refused(status) : new Failure.Unintelligible();
        };
    }

    @Override
    public boolean tells(int status) {
        return status >= 500;
    }

    @Override
    public AnswerReader reader() {
        return new CortensorReader(
                protocol.sessionId(), reference, prompt, ask.request().maxTokens());
    }

    private URI url() {
        String rest = switch (protocol.form()) {
            case BODY -> "";
            case PATH -> "/" + protocol.sessionId();
        };
        return RouterPaths.cortensor(ask.target().routerUrl(), protocol.version(), rest);
    }

    private ObjectNode body() {
        ObjectNode body = Json.object();
        if (protocol.form() == Protocol.SessionForm.BODY) {
            body.put("session_id", protocol.sessionId());
        }
        Duration timeout = ask.times().routerTimeout();
        body.put("model", ask.target().id().pool());
        body.put("prompt", prompt.text());
        body.put("prompt_type", RAW_PROMPT);
        body.put("prompt_template", "");
        body.put("stream", ask.streamed());
        body.put("timeout", seconds(timeout));
        body.put("precommit_timeout", seconds(PoolTimes.precommit(timeout)));
        body.put("client_reference", reference);
        body.put("max_tokens", ask.request().maxTokens());
        body.put("node_type", 0);
        putSampling(body);
        return body;
    }

    private void putSampling(ObjectNode body) {
        Sampling sampling = ask.request().sampling();
        sampling.temperature().ifPresent(value -> body.put("temperature", value));
        sampling.topP().ifPresent(value -> body.put("top_p", value));
        sampling.topK().ifPresent(value -> body.put("top_k", value));
        sampling.presencePenalty().ifPresent(value -> body.put("presence_penalty", value));
        sampling.frequencyPenalty().ifPresent(value -> body.put("frequency_penalty", value));
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.toSeconds());
    }
}
