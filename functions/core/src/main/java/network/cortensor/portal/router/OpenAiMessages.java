package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import network.cortensor.portal.completion.Message;

/** A conversation in OpenAI's wire format. Content is a string wherever it is text only, which every server understands. */
final class OpenAiMessages {
    private OpenAiMessages() {}

    static ArrayNode json(List<Message> messages) {
        ArrayNode json = Json.object().arrayNode();
        messages.forEach(message -> put(message, json.addObject()));
        return json;
    }

    private static void put(Message message, ObjectNode json) {
        json.put("role", message.role().word());
        putContent(message, json);
        message.toolCallId().ifPresent(id -> json.put("tool_call_id", id));
        if (!message.toolCalls().isEmpty()) {
            ArrayNode calls = json.putArray("tool_calls");
            message.toolCalls().forEach(call -> putCall(call, calls.addObject()));
        }
    }

    private static void putContent(Message message, ObjectNode json) {
        if (message.content().isEmpty() && !message.toolCalls().isEmpty()) {
            json.putNull("content");
            return;
        }
        if (message.content().stream().allMatch(Message.Part.Text.class::isInstance)) {
            json.put("content", message.text());
            return;
        }
        ArrayNode parts = json.putArray("content");
        message.content().forEach(part -> putPart(part, parts.addObject()));
    }

    private static void putPart(Message.Part part, ObjectNode json) {
        switch (part) {
            case Message.Part.Text text -> json.put("type", "text").put("text", text.text());
            case Message.Part.Image image -> {
                ObjectNode url =
                        json.put("type", "image_url").putObject("image_url").put("url", image.url());
                image.detail().ifPresent(detail -> url.put("detail", detail));
            }
        }
    }

    private static void putCall(Message.ToolCall call, ObjectNode json) {
        json.put("id", call.id()).put("type", "function");
        json.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    }
}
