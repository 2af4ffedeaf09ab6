package network.cortensor.portal.api.wire;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.completion.Feature;

/** Which field of a request asks for what not every target can serve, so that a refusal can name it. Filled while a request is read. */
public final class FeatureFields {
    private final Map<Feature, String> byFeature = new EnumMap<>(Feature.class);

    /** The first field that asks for a feature is the one that is named. */
    public void ask(Feature feature, JsonField field) {
        byFeature.putIfAbsent(feature, field.name());
    }

    /** By feature, in the order of {@link Feature}. */
    public Map<Feature, String> byFeature() {
        return Collections.unmodifiableMap(byFeature);
    }
}
