package network.cortensor.portal.api.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.completion.Message.Part;

/**
 * What a tool has answered: a text, or blocks. Nothing in it is a reason to refuse, because an agent would send it again with every
 * later turn: what the model cannot see stands there by its name, as in {@code [document]}.
 */
record ToolResult(JsonField content) {
    private static final int MOST_BLOCKS = 1024;

    List<Part> parts() throws Rejection {
        if (content.value().isTextual()) {
            return List.of(new Part.Text(content.text()));
        }
        List<Part> parts = new ArrayList<>();
        for (JsonField block : content.items(MOST_BLOCKS)) {
            parts.addAll(parts(block, block.need("type").nonEmptyText()));
        }
        return parts;
    }

    private static List<Part> parts(JsonField block, String type) throws Rejection {
        return switch (type) {
            case "text" -> List.of(new Part.Text(block.need("text").text()));
            case "image" -> List.of(image(block.need("source")));
            case "tool_reference" -> List.of(words(type, block.text("tool_name")));
            case "document" -> document(block);
            case "search_result" -> Turns.texts(block.need("content"));
            default -> List.of(words(type, Optional.empty()));
        };
    }

    private static Part image(JsonField source) throws Rejection {
        return switch (source.need("type").nonEmptyText()) {
            case "base64", "url" -> new Part.Image(ImageSource.url(source), Optional.empty());
            default -> words("image", Optional.empty());
        };
    }

    private static List<Part> document(JsonField block) throws Rejection {
        JsonField source = block.need("source");
        return switch (source.need("type").nonEmptyText()) {
            case "text" -> List.of(new Part.Text(source.need("data").text()));
            case "content" -> Turns.texts(source.need("content"));
            default -> List.of(words("document", Optional.empty()));
        };
    }

    private static Part words(String type, Optional<String> name) {
        return new Part.Text("[" + type + name.map(text -> " " + text).orElse("") + "]");
    }
}
