package network.cortensor.portal.api.structured;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.dispatch.AnswerCheck;

/** The form that a request asks its answer to have. What arrives has it; whether an answer arrives is up to the model. */
public final class JsonForms {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonForms() {}

    /** @throws Rejection if the request's schema is none */
    public static AnswerCheck of(Draft draft) throws Rejection {
        if (draft.responseFormat().isEmpty()) {
            return new AnswerCheck.Any();
        }
        JsonNode schema = schema(draft.responseFormat().get());
        if (schema.isMissingNode()) {
            return text -> read(text).filter(JsonNode::isObject).isPresent();
        }
        try {
            JsonSchema compiled = JsonSchema.of(schema);
            return text -> read(text).filter(compiled::allows).isPresent();
        } catch (JsonSchema.NotOne e) {
            String field = draft.featureFields().byFeature().getOrDefault(Feature.RESPONSE_FORMAT, "response_format");
            throw new Rejection(ApiError.invalid(field, "holds no JSON schema that can be used here."));
        }
    }

    /** As all formats' readers write it: the form of OpenAI's {@code response_format}. */
    private static JsonNode schema(JsonText format) {
        return read(format.text()).orElseThrow().at("/json_schema/schema");
    }

    static Optional<JsonNode> read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json.isMissingNode() ? Optional.empty() : Optional.of(json);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
