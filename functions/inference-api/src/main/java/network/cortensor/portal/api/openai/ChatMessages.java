package network.cortensor.portal.api.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.fields.Harmless;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.api.wire.ImageUrls;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Message.Part;
import network.cortensor.portal.completion.Message.Role;
import network.cortensor.portal.completion.Message.ToolCall;

/** Reads {@code messages} of a chat request. */
final class ChatMessages {
    private static final int MOST_MESSAGES = 2048;
    private static final int MOST_PARTS = 1024;
    private static final int MOST_CALLS = 128;

    private static final List<String> ROLES = List.of("system", "developer", "user", "assistant", "tool");
    private static final Map<Role, List<String>> PART_TYPES = Map.of(
            Role.SYSTEM, List.of("text"),
            Role.USER, List.of("text", "image_url"),
            Role.ASSISTANT, List.of("text", "refusal"),
            Role.TOOL, List.of("text", "image_url"));

    private static final List<String> UNSERVED = List.of("function_call", "audio");

    private final FeatureFields features;

    ChatMessages(FeatureFields features) {
        this.features = features;
    }

    Input.Chat read(JsonField body) throws Rejection {
        List<Message> messages = new ArrayList<>();
        for (JsonField message : body.need("messages").someItems(MOST_MESSAGES)) {
            refuseUnserved(message);
            messages.add(message(message));
        }
        return new Input.Chat(messages);
    }

    private static void refuseUnserved(JsonField message) throws Rejection {
        for (String name : UNSERVED) {
            Optional<JsonField> field = message.find(name);
            if (field.isPresent() && !Harmless.empty().covers(field.get().value())) {
                throw field.get().wrong("is not supported; leave it out.");
            }
        }
    }

    private Message message(JsonField message) throws Rejection {
        Role role = role(message.need("role"));
        return switch (role) {
            case SYSTEM, USER -> new Message(role, content(message.need("content"), role), List.of(), Optional.empty());
            case ASSISTANT -> assistant(message);
            case TOOL -> tool(message);
        };
    }

    private static Role role(JsonField role) throws Rejection {
        return switch (role.word(ROLES)) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            default -> Role.SYSTEM;
        };
    }

    /** Needs content or calls, and may have both. */
    private Message assistant(JsonField message) throws Rejection {
        List<ToolCall> calls = toolCalls(message);
        List<Part> content = new ArrayList<>(thoughts(message));
        if (calls.isEmpty() || message.find("content").isPresent()) {
            content.addAll(content(message.need("content"), Role.ASSISTANT));
        }
        return new Message(Role.ASSISTANT, content, calls, Optional.empty());
    }

    /** What the model thought in an earlier turn, under the two names that servers have given it. */
    private static List<Part> thoughts(JsonField message) throws Rejection {
        Optional<String> one = message.text("reasoning_content");
        Optional<String> other = message.text("reasoning");
        return one.or(() -> other)
                .filter(text -> !text.isEmpty())
                .map(text -> List.<Part>of(new Part.Reasoning(text)))
                .orElse(List.of());
    }

    private Message tool(JsonField message) throws Rejection {
        JsonField callId = message.need("tool_call_id");
        features.ask(Feature.TOOLS, callId);
        return new Message(
                Role.TOOL, content(message.need("content"), Role.TOOL), List.of(), Optional.of(callId.nonEmptyText()));
    }

    private List<ToolCall> toolCalls(JsonField message) throws Rejection {
        Optional<JsonField> field = message.find("tool_calls");
        if (field.isEmpty() || field.get().items(MOST_CALLS).isEmpty()) {
            return List.of();
        }
        features.ask(Feature.TOOLS, field.get());
        List<ToolCall> calls = new ArrayList<>();
        for (JsonField call : field.get().items(MOST_CALLS)) {
            call.need("type").word(List.of("function"));
            JsonField function = call.need("function");
            calls.add(new ToolCall(
                    call.need("id").nonEmptyText(),
                    function.need("name").nonEmptyText(),
                    function.need("arguments").text()));
        }
        return calls;
    }

    private List<Part> content(JsonField content, Role role) throws Rejection {
        if (content.value().isTextual()) {
            return List.of(new Part.Text(content.text()));
        }
        List<Part> parts = new ArrayList<>();
        for (JsonField part : content.someItems(MOST_PARTS)) {
            parts.add(part(part, role, part.need("type").word(PART_TYPES.getOrDefault(role, List.of()))));
        }
        return parts;
    }

    private Part part(JsonField part, Role role, String type) throws Rejection {
        return switch (type) {
            case "image_url" -> image(part, role);
            default -> new Part.Text(part.need(type).text());
        };
    }

    /** A model that takes no images can go on without a tool's, but not without the user's. */
    private Part image(JsonField part, Role role) throws Rejection {
        if (role != Role.TOOL) {
            features.ask(Feature.IMAGES, part);
        }
        JsonField image = part.need("image_url");
        return new Part.Image(ImageUrls.read(image.need("url")), image.word("detail", List.of("auto", "low", "high")));
    }
}
