package network.cortensor.portal.api.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.api.wire.FunctionName;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.CompletionRequest.Tools.Calls;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.JsonText;

/** {@code tools} and {@code tool_choice}, rewritten in OpenAI's form, which the neutral request uses. */
final class AnthropicToolFields {
    private static final int MOST_TOOLS = 128;

    private AnthropicToolFields() {}

    static Optional<Tools> read(JsonField body, FeatureFields features) throws Rejection {
        Optional<JsonText> choice = choice(body);
        Calls calls = calls(body);
        Optional<JsonField> tools = body.find("tools");
        if (tools.isEmpty() || tools.get().items(MOST_TOOLS).isEmpty()) {
            refuseForced(body);
            return Optional.empty();
        }
        features.ask(Feature.TOOLS, tools.get());
        ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
        for (JsonField tool : tools.get().items(MOST_TOOLS)) {
            definitions.add(definition(tool));
        }
        return Optional.of(new Tools(new JsonText(definitions.toString()), choice, calls));
    }

    private static ObjectNode definition(JsonField tool) throws Rejection {
        Optional<JsonField> type = tool.find("type");
        if (type.isPresent()) {
            type.get().word(List.of("custom"));
        }
        ObjectNode function = JsonNodeFactory.instance.objectNode().put("name", FunctionName.read(tool.need("name")));
        tool.text("description").ifPresent(text -> function.put("description", text));
        if (tool.flag("strict")) {
            function.put("strict", true);
        }
        function.set("parameters", tool.need("input_schema").object().value());
        ObjectNode definition = JsonNodeFactory.instance.objectNode().put("type", "function");
        definition.set("function", function);
        return definition;
    }

    private static Optional<JsonText> choice(JsonField body) throws Rejection {
        Optional<JsonField> choice = body.find("tool_choice");
        if (choice.isEmpty()) {
            return Optional.empty();
        }
        String word = choice.get().need("type").word(List.of("auto", "any", "tool", "none"));
        return Optional.of(
                switch (word) {
                    case "any" -> new JsonText("\"required\"");
                    case "tool" -> forced(FunctionName.read(choice.get().need("name")));
                    default -> new JsonText("\"" + word + "\"");
                });
    }

    private static void refuseForced(JsonField body) throws Rejection {
        Optional<JsonField> choice = body.find("tool_choice");
        if (choice.isPresent()) {
            choice.get().need("type").word(List.of("auto", "none"));
        }
    }

    private static Calls calls(JsonField body) throws Rejection {
        Optional<JsonField> choice = body.find("tool_choice");
        return choice.isPresent() && choice.get().flag("disable_parallel_tool_use") ? Calls.ONE : Calls.ANY_NUMBER;
    }

    private static JsonText forced(String name) {
        ObjectNode choice = JsonNodeFactory.instance.objectNode().put("type", "function");
        choice.putObject("function").put("name", name);
        return new JsonText(choice.toString());
    }
}
