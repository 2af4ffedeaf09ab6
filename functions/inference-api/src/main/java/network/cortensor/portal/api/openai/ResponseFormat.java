package network.cortensor.portal.api.openai;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.JsonText;

/** {@code response_format}: plain text needs nothing, JSON a server that can force it. */
final class ResponseFormat {
    private ResponseFormat() {}

    static Optional<JsonText> read(JsonField body, FeatureFields features) throws Rejection {
        Optional<JsonField> format = body.find("response_format");
        if (format.isEmpty()) {
            return Optional.empty();
        }
        String type = format.get().need("type").word(List.of("text", "json_object", "json_schema"));
        if (type.equals("text")) {
            return Optional.empty();
        }
        if (type.equals("json_schema")) {
            JsonField schema = format.get().need("json_schema");
            schema.need("name").nonEmptyText();
            schema.need("schema").object();
        }
        features.ask(Feature.RESPONSE_FORMAT, format.get());
        return Optional.of(format.get().json());
    }
}
