package network.cortensor.portal.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.ArgumentCheck;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.CompletionRequest.Tools.Calls;

/**
 * The functions that a request offers to the model, read from the customer's JSON.
 *
 * @param functions that may be called; none if the customer forbids calls
 * @param check of calls of strict functions
 */
record OfferedFunctions(List<Function> functions, Choice choice, Calls calls, ArgumentCheck check) {
    static final OfferedFunctions NOTHING =
            new OfferedFunctions(List.of(), new Choice.Free(), Calls.ANY_NUMBER, ArgumentCheck.ANY);

    private static final ObjectMapper JSON = new ObjectMapper();

    OfferedFunctions {
        functions = List.copyOf(functions);
    }

    /**
     * @param description empty if there is none
     * @param parameters the schema of the arguments; missing if the function takes none
     * @param strict whether arguments that do not fit the schema are worth nothing to the customer
     * @param definition as the customer wrote it
     */
    record Function(String name, String description, JsonNode parameters, boolean strict, JsonNode definition) {
        static Function of(JsonNode definition) {
            JsonNode function = definition.path("function");
            return new Function(
                    function.path("name").asText(""),
                    function.path("description").asText(""),
                    function.path("parameters").isObject() ? function.path("parameters") : MissingNode.getInstance(),
                    function.path("strict").asBoolean(false),
                    definition);
        }

        /** Customers' content stays out of logs. */
        @Override
        public String toString() {
            return "Function";
        }
    }

    /** Whether the model must call a function. No template knows this, so for a model that must call, the prompt ends with the beginning of a call. */
    sealed interface Choice {
        record Free() implements Choice {}

        /** Any function, but one must be called. */
        record Some() implements Choice {}

        record Named(String name) implements Choice {
            @Override
            public String toString() {
                return "Named";
            }
        }
    }

    static OfferedFunctions of(Optional<Tools> tools) {
        return tools.map(OfferedFunctions::of).orElse(NOTHING);
    }

    private static OfferedFunctions of(Tools tools) {
        JsonNode choice = tools.choice().map(text -> read(text.text())).orElse(MissingNode.getInstance());
        List<Function> all = new ArrayList<>();
        read(tools.definitions().text()).forEach(definition -> all.add(Function.of(definition)));
        return switch (choice.isTextual()
                ? choice.asText()
                : choice.path("type").asText("")) {
            case "none" -> NOTHING;
            case "required" -> offered(all, new Choice.Some(), tools);
            case "function" ->
                offered(
                        all,
                        new Choice.Named(choice.path("function").path("name").asText("")),
                        tools);
            default -> offered(all, new Choice.Free(), tools);
        };
    }

    private static OfferedFunctions offered(List<Function> functions, Choice choice, Tools tools) {
        return new OfferedFunctions(functions, choice, tools.calls(), tools.check());
    }

    boolean isEmpty() {
        return functions.isEmpty();
    }

    Optional<Function> function(String name) {
        return functions.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** What the customer sent is well-formed, as {@link network.cortensor.portal.completion.JsonText} promises. */
    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("json: not well-formed (expected: JSON)");
        }
    }
}
