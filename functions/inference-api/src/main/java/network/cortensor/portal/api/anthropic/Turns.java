package network.cortensor.portal.api.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Input.Chat.Answer;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Message.Part;
import network.cortensor.portal.completion.Message.Role;
import network.cortensor.portal.completion.Message.ToolCall;

/**
 * Reads {@code system} and {@code messages}. A user's turn may hold results of tools beside what the user says: each becomes a tool's turn
 * of its own, in the order of the blocks.
 */
final class Turns {
    private static final int MOST_MESSAGES = 2048;
    private static final int MOST_BLOCKS = 1024;

    private static final List<String> ROLES = List.of("user", "assistant", "system");
    private static final List<String> TEXT_ONLY = List.of("text");
    private static final List<String> USER_BLOCKS =
            List.of("text", "image", "document", "search_result", "tool_result");
    private static final List<String> ASSISTANT_BLOCKS = List.of("text", "thinking", "redacted_thinking", "tool_use");

    private final FeatureFields features;
    private final List<Message> turns = new ArrayList<>();

    Turns(FeatureFields features) {
        this.features = features;
    }

    Input.Chat read(JsonField body) throws Rejection {
        Optional<JsonField> system = body.find("system");
        if (system.isPresent() && !isEmpty(system.get())) {
            say(Role.SYSTEM, texts(system.get()));
        }
        for (JsonField message : body.need("messages").someItems(MOST_MESSAGES)) {
            turn(message);
        }
        return new Input.Chat(turns, answer(body));
    }

    /** A conversation that ends with words of the assistant's is one whose answer has begun. */
    private Answer answer(JsonField body) throws Rejection {
        JsonField last = body.need("messages").items(MOST_MESSAGES).getLast();
        boolean begun = last.need("role").text().equals("assistant")
                && !turns.isEmpty()
                && turns.getLast().toolCalls().isEmpty()
                && !turns.getLast().text().isBlank();
        if (!begun) {
            return Answer.NEW_TURN;
        }
        features.ask(Feature.CONTINUATION, last);
        return Answer.CONTINUATION;
    }

    private static boolean isEmpty(JsonField system) {
        return system.value().isArray()
                ? system.value().isEmpty()
                : "".equals(system.value().textValue());
    }

    private void turn(JsonField message) throws Rejection {
        String role = message.need("role").word(ROLES);
        JsonField content = message.need("content");
        switch (role) {
            case "assistant" -> assistant(content);
            case "system" -> say(Role.SYSTEM, texts(content));
            default -> user(content);
        }
    }

    private void user(JsonField content) throws Rejection {
        if (content.value().isTextual()) {
            say(Role.USER, texts(content));
            return;
        }
        List<Part> said = new ArrayList<>();
        for (JsonField block : content.someItems(MOST_BLOCKS)) {
            switch (block.need("type").word(USER_BLOCKS)) {
                case "tool_result" -> {
                    say(Role.USER, said);
                    said.clear();
                    toolResult(block);
                }
                case "image" -> said.add(image(block));
                case "document" -> said.addAll(document(block));
                case "search_result" -> said.addAll(texts(block.need("content")));
                default -> said.add(text(block));
            }
        }
        say(Role.USER, said);
    }

    /** Earlier thinking is dropped: the served models' own templates drop it too. */
    private void assistant(JsonField content) throws Rejection {
        if (content.value().isTextual()) {
            say(Role.ASSISTANT, texts(content));
            return;
        }
        List<Part> said = new ArrayList<>();
        List<ToolCall> calls = new ArrayList<>();
        for (JsonField block : content.items(MOST_BLOCKS)) {
            switch (block.need("type").word(ASSISTANT_BLOCKS)) {
                case "text" -> said.add(text(block));
                case "thinking" -> thought(block).ifPresent(said::add);
                case "tool_use" -> calls.add(toolUse(block));
                default -> {}
            }
        }
        if (!said.isEmpty() || !calls.isEmpty()) {
            turns.add(new Message(Role.ASSISTANT, said, calls, Optional.empty()));
        }
    }

    private ToolCall toolUse(JsonField block) throws Rejection {
        features.ask(Feature.TOOLS, block);
        return new ToolCall(
                block.need("id").nonEmptyText(),
                block.need("name").nonEmptyText(),
                block.need("input").object().json().text());
    }

    private void toolResult(JsonField block) throws Rejection {
        features.ask(Feature.TOOLS, block);
        Optional<JsonField> content = block.find("content");
        List<Part> result = content.isPresent() ? new ToolResult(content.get()).parts() : List.of(new Part.Text(""));
        String callId = block.need("tool_use_id").nonEmptyText();
        turns.add(new Message(Role.TOOL, result, List.of(), Optional.of(callId)));
    }

    private void say(Role role, List<Part> parts) {
        if (!parts.isEmpty()) {
            turns.add(new Message(role, parts, List.of(), Optional.empty()));
        }
    }

    /** A text, or an array of text blocks. */
    static List<Part> texts(JsonField content) throws Rejection {
        if (content.value().isTextual()) {
            return List.of(new Part.Text(content.text()));
        }
        List<Part> parts = new ArrayList<>();
        for (JsonField block : content.items(MOST_BLOCKS)) {
            block.need("type").word(TEXT_ONLY);
            parts.add(text(block));
        }
        return parts;
    }

    /** Only what is text already: the words of a file in another format are not known here. */
    private static List<Part> document(JsonField block) throws Rejection {
        JsonField source = block.need("source");
        return source.need("type").word(List.of("text", "content")).equals("text")
                ? List.of(new Part.Text(source.need("data").text()))
                : texts(source.need("content"));
    }

    private static Optional<Part> thought(JsonField block) throws Rejection {
        return block.text("thinking").filter(text -> !text.isEmpty()).map(Part.Reasoning::new);
    }

    private static Part text(JsonField block) throws Rejection {
        return new Part.Text(block.need("text").text());
    }

    private Part image(JsonField block) throws Rejection {
        features.ask(Feature.IMAGES, block);
        return new Part.Image(ImageSource.url(block.need("source")), Optional.empty());
    }
}
