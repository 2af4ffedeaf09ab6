package network.cortensor.portal.api.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import network.cortensor.portal.completion.Message.ToolCall;

/** Content blocks of a message. */
final class Block {
    /**
     * Signatures prove to Anthropic that thinking is its own. There is nothing to prove here, but some clients send only signed thinking
     * back.
     */
    static final String SIGNATURE = "unsigned";

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Block() {}

    static ObjectNode text(ObjectNode block, String text) {
        return block.put("type", "text").put("text", text);
    }

    static ObjectNode thinking(ObjectNode block, String thinking) {
        return block.put("type", "thinking").put("thinking", thinking).put("signature", SIGNATURE);
    }

    /** Where thinking begins to stream. */
    static ObjectNode emptyThinking(ObjectNode block) {
        return block.put("type", "thinking").put("thinking", "").put("signature", "");
    }

    static ObjectNode toolUse(ObjectNode block, ToolCall call) {
        block.put("type", "tool_use").put("id", call.id()).put("name", call.name());
        block.set("input", input(call.arguments()));
        return block;
    }

    /**
     * The arguments as the object that this format wants. What a model wrote and is none, cut off by its length for example, is shown
     * under a name that no tool has, so that it is neither lost nor taken for a call without arguments.
     */
    private static JsonNode input(String arguments) {
        if (arguments.isEmpty()) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode parsed = parse(arguments);
        return parsed.isObject() ? parsed : unparsed(arguments);
    }

    private static JsonNode parse(String arguments) {
        try {
            return JSON.readTree(arguments);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    private static ObjectNode unparsed(String arguments) {
        return JsonNodeFactory.instance.objectNode().put("_unparsed_arguments", arguments);
    }
}
