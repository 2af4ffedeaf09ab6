package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A piece of a function call as an OpenAI-compatible server writes it. Any of its parts may be missing.
 *
 * @param index which call of the answer the server means
 * @param arguments the next piece of the arguments' JSON, often empty
 */
record CallDelta(Optional<Integer> index, Optional<String> id, Optional<String> name, String arguments) {

    /** The pieces in a {@code message} or a {@code delta}, those in the form that came before {@code tool_calls} included. */
    static List<CallDelta> in(JsonNode message) {
        List<CallDelta> deltas = new ArrayList<>();
        JsonNode calls = message.path("tool_calls");
        if (calls.isObject()) {
            deltas.add(of(calls));
        } else {
            calls.forEach(call -> deltas.add(of(call)));
        }
        JsonNode single = message.path("function_call");
        if (single.isObject()) {
            deltas.add(of(single));
        }
        deltas.removeIf(CallDelta::isNothing);
        return deltas;
    }

    private boolean isNothing() {
        return id.isEmpty() && name.isEmpty() && arguments.isEmpty();
    }

    private static CallDelta of(JsonNode call) {
        JsonNode function = call.path("function").isObject() ? call.path("function") : call;
        return new CallDelta(
                Optional.of(call.path("index"))
                        .filter(JsonNode::canConvertToInt)
                        .map(JsonNode::intValue)
                        .filter(index -> index >= 0),
                said(call, "/id"),
                said(function, "/name"),
                written(function.path("arguments")));
    }

    private static Optional<String> said(JsonNode node, String path) {
        return Json.text(node, path).filter(text -> !text.isBlank());
    }

    /** Arguments are a text that holds JSON; a server that gives the JSON itself means the same. */
    private static String written(JsonNode arguments) {
        if (arguments.isTextual()) {
            return arguments.textValue();
        }
        return arguments.isMissingNode() || arguments.isNull() ? "" : arguments.toString();
    }
}
