package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.JsonText;

/**
 * {@code text.format}.
 *
 * @param asked as the customer wrote it
 */
record TextFormat(JsonNode asked, Optional<JsonText> neutral) {
    private static final TextFormat TEXT =
            new TextFormat(JsonNodeFactory.instance.objectNode().put("type", "text"), Optional.empty());

    static TextFormat read(JsonField body, FeatureFields features) throws Rejection {
        Optional<JsonField> text = body.find("text");
        Optional<JsonField> format = text.isPresent() ? text.get().find("format") : Optional.empty();
        if (format.isEmpty()) {
            return TEXT;
        }
        String type = format.get().need("type").word(List.of("text", "json_object", "json_schema"));
        if (type.equals("text")) {
            return TEXT;
        }
        features.ask(Feature.RESPONSE_FORMAT, format.get());
        ObjectNode neutral = JsonNodeFactory.instance.objectNode().put("type", type);
        if (type.equals("json_schema")) {
            ObjectNode schema = neutral.putObject("json_schema");
            schema.put("name", format.get().need("name").nonEmptyText());
            format.get().text("description").ifPresent(words -> schema.put("description", words));
            schema.put("strict", format.get().flag("strict"));
            schema.set("schema", format.get().need("schema").object().value());
        }
        return new TextFormat(format.get().value(), Optional.of(new JsonText(neutral.toString())));
    }
}
