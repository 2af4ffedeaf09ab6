package network.cortensor.portal.api;

import java.time.Duration;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.dispatch.Outcome.Effort;
import network.cortensor.portal.telemetry.Line;

/**
 * What a request's line says once more under the names of OpenTelemetry's semantic conventions for generative AI, version 0.1.0 of their own repository
 * ({@code open-telemetry/semantic-conventions-genai}), so that a collector needs no table from our names to theirs. Times are in seconds there.
 */
final class GenAi {
    private static final String PROVIDER = "cortensor";

    private GenAi() {}

    /**
     * @param asked the model's name as the customer wrote it, one that exists
     * @param served the alias whose model answers
     */
    static void model(Line line, String operation, String asked, String served) {
        line.with("gen_ai.provider.name", PROVIDER)
                .with("gen_ai.operation.name", operation)
                .with("gen_ai.request.model", asked)
                .with("gen_ai.response.model", served);
    }

    static void usage(Line line, Usage usage) {
        line.with("gen_ai.usage.input_tokens", usage.promptTokens())
                .with("gen_ai.usage.output_tokens", usage.completionTokens());
    }

    static void times(Line line, Effort effort, Duration total) {
        line.seconds("gen_ai.server.request.duration", total);
        effort.firstToken().ifPresent(time -> line.seconds("gen_ai.server.time_to_first_token", time));
    }

    static void error(Line line, String type) {
        line.with("error.type", type);
    }

    /** The conventions' word for what is done at a path. */
    static String operation(String pattern) {
        return pattern.equals("/v1/completions") ? "text_completion" : "chat";
    }
}
