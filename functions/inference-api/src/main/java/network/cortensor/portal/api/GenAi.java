package network.cortensor.portal.api;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.telemetry.Line;

/**
 * What a request's line says once more under the names of OpenTelemetry's semantic conventions for generative AI, version 0.1.0 of their own repository
 * ({@code open-telemetry/semantic-conventions-genai}), so that a collector needs no table from our names to theirs. Times are in seconds there.
 */
final class GenAi {
    private static final String PROVIDER = "cortensor";

    private GenAi() {}

    /** @param asked the model's name as the customer wrote it, where it is that of one that exists */
    static void request(Line line, String operation, Optional<String> asked) {
        line.with("gen_ai.provider.name", PROVIDER).with("gen_ai.operation.name", operation);
        asked.ifPresent(name -> line.with("gen_ai.request.model", name));
    }

    /**
     * What an answer adds, whole or broken.
     *
     * @param served the alias whose model answers
     */
    static void answer(Line line, String served, Usage usage) {
        line.with("gen_ai.response.model", served)
                .with("gen_ai.usage.input_tokens", usage.promptTokens())
                .with("gen_ai.usage.output_tokens", usage.completionTokens());
    }

    static void duration(Line line, Duration total) {
        line.seconds("gen_ai.server.request.duration", total);
    }

    /** The conventions have it of successful answers only. */
    static void firstToken(Line line, Duration time) {
        line.seconds("gen_ai.server.time_to_first_token", time);
    }

    static void error(Line line, String type) {
        line.with("error.type", type);
    }

    /** The conventions' word for what is done at a path; empty where no model is asked. */
    static Optional<String> operation(String path) {
        return Stream.of(Endpoint.values())
                .filter(endpoint -> endpoint.path().equals(path))
                .findFirst()
                .map(endpoint -> switch (endpoint) {
                    case COMPLETIONS -> "text_completion";
                    case CHAT, MESSAGES, RESPONSES -> "chat";
                });
    }
}
