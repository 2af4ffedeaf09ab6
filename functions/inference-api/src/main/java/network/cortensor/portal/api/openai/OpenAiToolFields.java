package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

/** {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}: checked for their form, and passed through. */
final class OpenAiToolFields {
    private static final int MOST_TOOLS = 128;
    private static final String FUNCTION = "function";
    private static final String SOME = "allowed_tools";

    /** Mistral's clients call it {@code any}. */
    private static final JsonText REQUIRED = new JsonText("\"required\"");

    private OpenAiToolFields() {}

    static Optional<Tools> read(JsonField body, FeatureFields features) throws Rejection {
        Optional<JsonField> choice = body.find("tool_choice");
        Calls calls = calls(body);
        Optional<JsonField> tools = body.find("tools");
        if (tools.isEmpty() || tools.get().items(MOST_TOOLS).isEmpty()) {
            refuseForced(choice);
            return Optional.empty();
        }
        features.ask(Feature.TOOLS, tools.get());
        for (JsonField tool : tools.get().items(MOST_TOOLS)) {
            check(tool);
        }
        if (choice.isPresent() && choice.get().value().path("type").asText().equals(SOME)) {
            return allowed(tools.get(), choice.get().need(SOME), calls);
        }
        return Optional.of(new Tools(tools.get().json(), choice(choice), calls));
    }

    /** A choice among some of the tools only: the others are not offered. */
    private static Optional<Tools> allowed(JsonField tools, JsonField allowed, Calls calls) throws Rejection {
        String mode = allowed.need("mode").word(List.of("auto", "required"));
        Set<String> names = new HashSet<>();
        for (JsonField tool : allowed.need("tools").items(MOST_TOOLS)) {
            tool.need("type").word(List.of(FUNCTION));
            names.add(FunctionName.read(tool.need(FUNCTION).need("name")));
        }
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        tools.value().forEach(tool -> {
            if (names.contains(tool.at("/function/name").asText())) {
                left.add(tool);
            }
        });
        return left.isEmpty() && mode.equals("auto")
                ? Optional.empty()
                : Optional.of(
                        new Tools(new JsonText(left.toString()), Optional.of(new JsonText("\"" + mode + "\"")), calls));
    }

    /** Agents say this with every request; without tools there are no calls, and either value asks for nothing. */
    private static Calls calls(JsonField body) throws Rejection {
        boolean oneAtATime = body.find("parallel_tool_calls").isPresent() && !body.flag("parallel_tool_calls");
        return oneAtATime ? Calls.ONE : Calls.ANY_NUMBER;
    }

    private static void check(JsonField tool) throws Rejection {
        tool.need("type").word(List.of(FUNCTION));
        JsonField function = tool.need(FUNCTION);
        FunctionName.read(function.need("name"));
        function.text("description");
        function.flag("strict");
        Optional<JsonField> parameters = function.find("parameters");
        if (parameters.isPresent()) {
            parameters.get().object();
        }
    }

    private static Optional<JsonText> choice(Optional<JsonField> choice) throws Rejection {
        if (choice.isEmpty()) {
            return Optional.empty();
        }
        JsonField given = choice.get();
        if (given.value().isTextual()) {
            String word = given.word(List.of("none", "auto", "required", "any"));
            return Optional.of(word.equals("any") ? REQUIRED : given.json());
        }
        given.need("type").word(List.of(FUNCTION, SOME));
        FunctionName.read(given.need(FUNCTION).need("name"));
        return Optional.of(given.json());
    }

    /** Without tools only a choice that forces none makes sense. */
    private static void refuseForced(Optional<JsonField> choice) throws Rejection {
        if (choice.isPresent()) {
            choice.get().word(List.of("none", "auto"));
        }
    }
}
