package network.cortensor.portal.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.JsonText;

/** What must be true of a request's functions together, in every format: each has a name of its own, and who must be called is there. */
public final class ToolRules {
    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final String CHOICE = "tool_choice";

    private ToolRules() {}

    public static void check(Draft draft) throws Rejection {
        if (draft.tools().isPresent()) {
            check(draft.tools().get());
        }
    }

    private static void check(Tools tools) throws Rejection {
        Set<String> names = new HashSet<>();
        for (JsonNode tool : read(tools.definitions())) {
            if (!names.add(tool.at("/function/name").asText())) {
                throw new Rejection(ApiError.invalid("tools", "must not hold two functions of one name."));
            }
        }
        if (tools.choice().isPresent()) {
            JsonNode choice = read(tools.choice().get());
            String named = choice.at("/function/name").asText("");
            if (choice.isObject() && !names.contains(named)) {
                throw new Rejection(ApiError.invalid(CHOICE, "names a function that is not among the tools."));
            }
            if (names.isEmpty() && choice.asText().equals("required")) {
                throw new Rejection(ApiError.invalid(CHOICE, "needs a function among the tools."));
            }
        }
    }

    private static JsonNode read(JsonText json) {
        try {
            return JSON.readTree(json.text());
        } catch (IOException e) {
            throw new UncheckedIOException("a reader has written what is no JSON", e);
        }
    }
}
