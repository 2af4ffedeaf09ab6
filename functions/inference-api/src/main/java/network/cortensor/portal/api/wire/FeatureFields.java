package network.cortensor.portal.api.wire;

import java.util.EnumMap;
import java.util.Map;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.completion.Feature;

/** Which field of a request asks for what not every target can serve, so that a refusal can name it. Filled while a request is read. */
public final class FeatureFields {
    private final Map<Feature, String> fields = new EnumMap<>(Feature.class);

    /** The first field that asks for a feature is the one that is named. */
    public void ask(Feature feature, JsonField field) {
        fields.putIfAbsent(feature, field.name());
    }

    /** @throws IllegalStateException if no field asked for it */
    public String field(Feature feature) {
        String field = fields.get(feature);
        if (field == null) {
            throw new IllegalStateException(feature + " is needed, and no field asked for it");
        }
        return field;
    }
}
