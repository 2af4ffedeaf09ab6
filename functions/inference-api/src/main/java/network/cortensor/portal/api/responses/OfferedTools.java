package network.cortensor.portal.api.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.api.wire.FunctionName;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.CompletionRequest.Tools.Calls;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.JsonText;

/**
 * {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}. Clients send tools of OpenAI's own with every request, whether or not they are
 * there: these are left out, and only a choice that forces one is refused.
 *
 * @param functions as the customer wrote them
 */
record OfferedTools(List<JsonNode> functions, Optional<JsonText> choice, Calls calls) {
    private static final int MOST_TOOLS = 256;
    private static final String NEEDS_ONE = "needs a function among the tools.";

    OfferedTools {
        functions = List.copyOf(functions);
    }

    static OfferedTools read(JsonField body, FeatureFields features) throws Rejection {
        Optional<JsonField> tools = body.find("tools");
        List<JsonNode> functions = new ArrayList<>();
        if (tools.isPresent()) {
            for (JsonField tool : tools.get().items(MOST_TOOLS)) {
                if (tool.need("type").text().equals("function")) {
                    functions.add(function(tool));
                    features.ask(Feature.TOOLS, tools.get());
                }
            }
        }
        boolean oneAtATime = body.find("parallel_tool_calls").isPresent() && !body.flag("parallel_tool_calls");
        return chosen(body, functions, oneAtATime ? Calls.ONE : Calls.ANY_NUMBER);
    }

    private static JsonNode function(JsonField tool) throws Rejection {
        FunctionName.read(tool.need("name"));
        tool.text("description");
        tool.flag("strict");
        Optional<JsonField> parameters = tool.find("parameters");
        if (parameters.isPresent()) {
            parameters.get().object();
        }
        return tool.value();
    }

    private static OfferedTools chosen(JsonField body, List<JsonNode> functions, Calls calls) throws Rejection {
        Optional<JsonField> choice = body.find("tool_choice");
        if (choice.isEmpty()) {
            return new OfferedTools(functions, Optional.empty(), calls);
        }
        if (choice.get().value().isTextual()) {
            String word = choice.get().word(List.of("none", "auto", "required"));
            if (word.equals("required") && functions.isEmpty()) {
                throw choice.get().wrong(NEEDS_ONE);
            }
            return new OfferedTools(functions, Optional.of(choice.get().json()), calls);
        }
        return switch (choice.get().need("type").word(List.of("function", "allowed_tools"))) {
            case "function" -> {
                if (functions.isEmpty()) {
                    throw choice.get().wrong(NEEDS_ONE);
                }
                yield new OfferedTools(functions, Optional.of(named(choice.get())), calls);
            }
            default -> allowed(choice.get(), functions, calls);
        };
    }

    private static JsonText named(JsonField choice) throws Rejection {
        ObjectNode neutral = JsonNodeFactory.instance.objectNode().put("type", "function");
        neutral.putObject("function").put("name", FunctionName.read(choice.need("name")));
        return new JsonText(neutral.toString());
    }

    /** A choice among some of the tools only. */
    private static OfferedTools allowed(JsonField choice, List<JsonNode> functions, Calls calls) throws Rejection {
        String mode = choice.need("mode").word(List.of("auto", "required"));
        Set<String> names = new HashSet<>();
        for (JsonField tool : choice.need("tools").items(MOST_TOOLS)) {
            if (tool.need("type").text().equals("function")) {
                names.add(FunctionName.read(tool.need("name")));
            }
        }
        List<JsonNode> left = functions.stream()
                .filter(function -> names.contains(function.path("name").textValue()))
                .toList();
        if (mode.equals("required") && left.isEmpty()) {
            throw choice.wrong(NEEDS_ONE);
        }
        return new OfferedTools(left, Optional.of(new JsonText("\"" + mode + "\"")), calls);
    }

    /** As a response repeats them: every member is there. */
    List<ObjectNode> shown() {
        return functions.stream().map(OfferedTools::shown).toList();
    }

    private static ObjectNode shown(JsonNode function) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode().put("type", "function");
        for (String member : List.of("name", "description", "parameters")) {
            shown.set(member, function.hasNonNull(member) ? function.get(member) : shown.nullNode());
        }
        return shown.put("strict", function.path("strict").asBoolean(false));
    }

    /** In the form of chat completions, which the neutral request uses. */
    Optional<Tools> tools() {
        if (functions.isEmpty()) {
            return Optional.empty();
        }
        ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
        for (JsonNode function : functions) {
            ObjectNode neutral = definitions.addObject().put("type", "function").putObject("function");
            for (String member : List.of("name", "description", "parameters", "strict")) {
                if (function.hasNonNull(member)) {
                    neutral.set(member, function.get(member));
                }
            }
        }
        return Optional.of(new Tools(new JsonText(definitions.toString()), choice, calls));
    }
}
