package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Message.Part;
import network.cortensor.portal.completion.Message.Part.Image;

/**
 * A conversation in OpenAI's wire format. Content is a string wherever it is text only, which every server understands. An image that a
 * tool has answered with follows the tools' turns in a user's turn, since only there every server takes images.
 */
final class OpenAiMessages {
    private final ArrayNode json = Json.object().arrayNode();
    private final List<Image> shownByTools = new ArrayList<>();

    private OpenAiMessages() {}

    static ArrayNode json(List<Message> messages) {
        OpenAiMessages written = new OpenAiMessages();
        messages.forEach(written::put);
        written.showImages();
        return written.json;
    }

    private void put(Message message) {
        if (message.role() == Message.Role.TOOL) {
            putResult(message);
            return;
        }
        showImages();
        ObjectNode turn = json.addObject().put("role", message.role().word());
        putContent(message, turn);
        if (!message.reasoning().isEmpty()) {
            turn.put("reasoning_content", message.reasoning());
        }
        if (!message.toolCalls().isEmpty()) {
            ArrayNode calls = turn.putArray("tool_calls");
            message.toolCalls().forEach(call -> putCall(call, calls.addObject()));
        }
    }

    private void putResult(Message message) {
        ObjectNode turn = json.addObject().put("role", message.role().word()).put("content", message.text());
        message.toolCallId().ifPresent(id -> turn.put("tool_call_id", id));
        message.content().stream()
                .filter(Image.class::isInstance)
                .map(Image.class::cast)
                .forEach(shownByTools::add);
    }

    private void showImages() {
        if (!shownByTools.isEmpty()) {
            ArrayNode parts = json.addObject().put("role", "user").putArray("content");
            shownByTools.forEach(image -> putPart(image, parts));
            shownByTools.clear();
        }
    }

    private static void putContent(Message message, ObjectNode turn) {
        if (message.content().stream().anyMatch(Image.class::isInstance)) {
            ArrayNode parts = turn.putArray("content");
            message.content().forEach(part -> putPart(part, parts));
        } else if (message.text().isEmpty() && !message.toolCalls().isEmpty()) {
            turn.putNull("content");
        } else {
            turn.put("content", message.text());
        }
    }

    private static void putPart(Part part, ArrayNode parts) {
        switch (part) {
            case Part.Text text -> parts.addObject().put("type", "text").put("text", text.text());
            case Image image -> {
                ObjectNode url = parts.addObject()
                        .put("type", "image_url")
                        .putObject("image_url")
                        .put("url", image.url());
                image.detail().ifPresent(detail -> url.put("detail", detail));
            }
            case Part.Reasoning ignored -> {}
        }
    }

    private static void putCall(Message.ToolCall call, ObjectNode json) {
        json.put("id", call.id()).put("type", "function");
        json.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    }
}
