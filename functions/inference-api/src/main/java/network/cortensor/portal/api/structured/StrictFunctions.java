package network.cortensor.portal.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.completion.ArgumentCheck;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.JsonText;

/** Functions with {@code strict: true}: the customer gets no call of them whose arguments do not fit the schema. */
public final class StrictFunctions {
    private StrictFunctions() {}

    /**
     * The same request with a check of such calls.
     *
     * @throws Rejection if a strict function's parameters are no schema
     */
    public static Draft checked(Draft draft) throws Rejection {
        if (draft.tools().isEmpty()) {
            return draft;
        }
        Tools tools = draft.tools().get();
        Map<String, JsonSchema> schemas = new HashMap<>();
        for (JsonNode tool : JsonForms.read(tools.definitions().text()).orElseThrow()) {
            JsonNode function = tool.path("function");
            if (function.path("strict").asBoolean(false)
                    && function.path("parameters").isObject()) {
                schemas.put(function.path("name").asText(), schema(function.path("parameters")));
            }
        }
        return schemas.isEmpty() ? draft : draft.with(tools.checkedBy(check(Map.copyOf(schemas))));
    }

    private static JsonSchema schema(JsonNode parameters) throws Rejection {
        try {
            return JsonSchema.of(parameters);
        } catch (JsonSchema.NotOne e) {
            throw new Rejection(ApiError.invalid(
                    "tools",
                    "must have parameters that are a JSON schema which can be used here, where strict is true."));
        }
    }

    private static ArgumentCheck check(Map<String, JsonSchema> schemas) {
        return (String function, JsonText arguments) -> !schemas.containsKey(function)
                || JsonForms.read(arguments.text())
                        .filter(schemas.get(function)::allows)
                        .isPresent();
    }
}
