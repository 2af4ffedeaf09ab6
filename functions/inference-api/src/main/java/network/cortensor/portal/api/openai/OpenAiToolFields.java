package network.cortensor.portal.api.openai;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.CompletionRequest.Tools.Calls;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.JsonText;

/** {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}: checked for their form, and passed through. */
final class OpenAiToolFields {
    private static final int MOST_TOOLS = 128;

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
        return Optional.of(new Tools(tools.get().json(), choice(choice), calls));
    }

    /** Agents say this with every request; without tools there are no calls, and either value asks for nothing. */
    private static Calls calls(JsonField body) throws Rejection {
        boolean oneAtATime = body.find("parallel_tool_calls").isPresent() && !body.flag("parallel_tool_calls");
        return oneAtATime ? Calls.ONE : Calls.ANY_NUMBER;
    }

    private static void check(JsonField tool) throws Rejection {
        tool.need("type").word(List.of("function"));
        JsonField function = tool.need("function");
        function.need("name").nonEmptyText();
        function.text("description");
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
        given.need("type").word(List.of("function"));
        given.need("function").need("name").nonEmptyText();
        return Optional.of(given.json());
    }

    /** Without tools only a choice that forces none makes sense. */
    private static void refuseForced(Optional<JsonField> choice) throws Rejection {
        if (choice.isPresent()) {
            choice.get().word(List.of("none", "auto"));
        }
    }
}
