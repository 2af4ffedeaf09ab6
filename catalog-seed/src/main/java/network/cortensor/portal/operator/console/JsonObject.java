package network.cortensor.portal.operator.console;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An object of {@code --json}. Its keys stand in the order in which they were put, so that two runs can be compared by line. */
public final class JsonObject {
    private final Map<String, Object> values = new LinkedHashMap<>();

    private JsonObject() {}

    public static JsonObject of(String key, Object value) {
        return new JsonObject().and(key, value);
    }

    public JsonObject and(String key, Object value) {
        values.put(key, value);
        return this;
    }

    @JsonValue
    Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
