package network.cortensor.portal.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import network.cortensor.portal.completion.JsonText;

/**
 * The JSON that an answer is to be. A prompt can only ask for it: whether the answer is such JSON is to be checked.
 *
 * @param name of the form, for the model
 * @param description empty if there is none
 * @param schema of the JSON
 */
record PromptedForm(String name, String description, JsonNode schema) {
    private static final JsonNode ANY_OBJECT =
            JsonNodeFactory.instance.objectNode().put("type", "object");

    /** Empty if any text will do. */
    static Optional<PromptedForm> of(Optional<JsonText> responseFormat) {
        return responseFormat.map(text -> OfferedFunctions.read(text.text())).flatMap(PromptedForm::of);
    }

    private static Optional<PromptedForm> of(JsonNode format) {
        JsonNode named = format.path("json_schema");
        return switch (format.path("type").asText("")) {
            case "json_object" -> Optional.of(new PromptedForm("json_object", "", ANY_OBJECT));
            case "json_schema" ->
                Optional.of(new PromptedForm(
                        named.path("name").asText("answer"),
                        named.path("description").asText(""),
                        named.path("schema").isObject() ? named.path("schema") : ANY_OBJECT));
            default -> Optional.empty();
        };
    }

    /** For formats whose templates know no response formats: a paragraph of the system text. */
    String instruction() {
        return "Answer with JSON only, without any other text around it, that fits this JSON schema:\n"
                + PythonUnicodeJson.write(schema);
    }

    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "AnswerForm";
    }
}
