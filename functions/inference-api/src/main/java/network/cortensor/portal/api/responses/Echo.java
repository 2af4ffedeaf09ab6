package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.completion.CompletionRequest.Tools.Calls;
import network.cortensor.portal.completion.Sampling;

/** What a response repeats of its request: the settings, but nothing that was said. */
final class Echo {
    /** Taken and ignored; a client finds them again. */
    private static final List<String> IGNORED = List.of("max_tool_calls", "safety_identifier", "prompt_cache_key");

    private final JsonField body;
    private final Sampling sampling;
    private final OfferedTools tools;
    private final TextFormat format;
    private final ShownReasoning shown;
    private final Optional<Integer> maxOutputTokens;
    private final Optional<JsonField> metadata;

    Echo(JsonField body, Sampling sampling, OfferedTools tools, TextFormat format, ShownReasoning shown)
            throws Rejection {
        this.body = body;
        this.sampling = sampling;
        this.tools = tools;
        this.format = format;
        this.shown = shown;
        this.maxOutputTokens = body.integer("max_output_tokens", 1, Integer.MAX_VALUE);
        this.metadata = body.find("metadata");
        if (metadata.isPresent()) {
            metadata.get().object();
        }
    }

    ShownReasoning shown() {
        return shown;
    }

    void put(ObjectNode response) {
        response.putNull("instructions");
        maxOutputTokens.ifPresentOrElse(
                most -> response.put("max_output_tokens", most), () -> response.putNull("max_output_tokens"));
        response.put("parallel_tool_calls", tools.calls() == Calls.ANY_NUMBER).putNull("previous_response_id");
        response.putObject("reasoning")
                .put("effort", sampling.reasoningEffort().orElse(null))
                .put("summary", shown.place() == ShownReasoning.Place.SUMMARY ? "detailed" : null);
        response.put("store", false).put("temperature", sampling.temperature().orElse(1.0));
        response.putObject("text").set("format", format.asked());
        response.set("tool_choice", choice(response));
        response.putArray("tools").addAll(tools.shown());
        response.put("top_p", sampling.topP().orElse(1.0)).put("truncation", "disabled");
        response.set("metadata", metadata.map(JsonField::value).orElseGet(response::objectNode));
        response.put("background", false);
        putSettled(response);
        for (String field : IGNORED) {
            response.set(field, asAsked(field, response));
        }
    }

    /** Settings that have one value here, whatever a request says about them. */
    private static void putSettled(ObjectNode response) {
        response.put("presence_penalty", 0).put("frequency_penalty", 0).put("top_logprobs", 0);
        response.put("service_tier", "default");
    }

    private JsonNode asAsked(String field, ObjectNode response) {
        JsonNode asked = body.value().path(field);
        return asked.isMissingNode() ? response.nullNode() : asked;
    }

    private JsonNode choice(ObjectNode response) {
        JsonNode asked = asAsked("tool_choice", response);
        return asked.isNull() ? response.textNode("auto") : asked;
    }
}
