package network.cortensor.portal.api.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.api.wire.ImageUrls;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Message.Part;
import network.cortensor.portal.completion.Message.Role;
import network.cortensor.portal.completion.Message.ToolCall;

/**
 * Reads {@code instructions} and {@code input}. What the assistant thought, said and called are items of their own; those that follow each
 * other are one turn here, as they were when the model wrote them.
 */
final class InputItems {
    private static final int MOST_ITEMS = 4096;
    private static final int MOST_PARTS = 1024;

    private static final String REFERENCE = "item_reference";
    private static final List<String> ITEMS =
            List.of("message", "reasoning", "function_call", "function_call_output", REFERENCE);
    private static final List<String> ROLES = List.of("user", "assistant", "system", "developer");
    private static final List<String> PARTS = List.of("input_text", "output_text", "text", "refusal", "input_image");
    private static final List<String> DETAILS = List.of("auto", "low", "high", "original");

    private final FeatureFields features;
    private final List<Message> turns = new ArrayList<>();
    private AssistantTurn open = new AssistantTurn();

    InputItems(FeatureFields features) {
        this.features = features;
    }

    Input.Chat read(JsonField body) throws Rejection {
        body.text("instructions")
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> turns.add(Message.of(Role.SYSTEM, text)));
        JsonField input = body.need("input");
        if (input.value().isTextual()) {
            turns.add(Message.of(Role.USER, input.text()));
        } else {
            for (JsonField item : input.someItems(MOST_ITEMS)) {
                item(item);
            }
        }
        close();
        return new Input.Chat(turns);
    }

    private void item(JsonField item) throws Rejection {
        switch (item.word("type", ITEMS).orElse("message")) {
            case "reasoning" -> {
                close();
                open.thought(reasoning(item));
            }
            case "function_call" -> open.called(call(item));
            case "function_call_output" -> {
                close();
                turns.add(result(item));
            }
            case REFERENCE -> throw new Rejection(ApiError.itemNotFound(item.name()));
            default -> message(item);
        }
    }

    private void message(JsonField item) throws Rejection {
        String role = item.need("role").word(ROLES);
        List<Part> content = content(item.need("content"));
        if (role.equals("assistant")) {
            if (open.spoke()) {
                close();
            }
            open.said(content);
        } else {
            close();
            Role speaker = role.equals("user") ? Role.USER : Role.SYSTEM;
            turns.add(new Message(speaker, content, List.of(), Optional.empty()));
        }
    }

    private List<Part> content(JsonField content) throws Rejection {
        if (content.value().isTextual()) {
            return List.of(new Part.Text(content.text()));
        }
        List<Part> parts = new ArrayList<>();
        for (JsonField part : content.items(MOST_PARTS)) {
            parts.add(
                    switch (part.need("type").word(PARTS)) {
                        case "input_image" -> image(part);
                        case "refusal" -> new Part.Text(part.need("refusal").text());
                        default -> new Part.Text(part.need("text").text());
                    });
        }
        return parts;
    }

    private Part image(JsonField part) throws Rejection {
        features.ask(Feature.IMAGES, part);
        return new Part.Image(ImageUrls.read(part.need("image_url")), part.word("detail", DETAILS));
    }

    /** Of the places that a reasoning item has for its text the first that holds any counts. */
    private static String reasoning(JsonField item) throws Rejection {
        Optional<String> sealed = item.text("encrypted_content").flatMap(SealedReasoning::read);
        String content = texts(item, "content");
        String summary = texts(item, "summary");
        return sealed.orElse(content.isEmpty() ? summary : content);
    }

    private static String texts(JsonField item, String member) throws Rejection {
        Optional<JsonField> parts = item.find(member);
        List<String> texts = new ArrayList<>();
        if (parts.isPresent()) {
            for (JsonField part : parts.get().items(MOST_PARTS)) {
                texts.add(part.need("text").text());
            }
        }
        return String.join("\n", texts);
    }

    private ToolCall call(JsonField item) throws Rejection {
        features.ask(Feature.TOOLS, item);
        return new ToolCall(
                item.need("call_id").nonEmptyText(),
                item.need("name").nonEmptyText(),
                item.need("arguments").text());
    }

    private Message result(JsonField item) throws Rejection {
        features.ask(Feature.TOOLS, item);
        String callId = item.need("call_id").nonEmptyText();
        return new Message(Role.TOOL, output(item.need("output")), List.of(), Optional.of(callId));
    }

    /** As with other formats, nothing in a tool's result is a reason to refuse: it would come again with every turn. */
    private static List<Part> output(JsonField output) throws Rejection {
        if (output.value().isTextual()) {
            return List.of(new Part.Text(output.text()));
        }
        List<Part> parts = new ArrayList<>();
        for (JsonField part : output.items(MOST_PARTS)) {
            String type = part.need("type").nonEmptyText();
            parts.add(
                    switch (type) {
                        case "input_text", "output_text", "text" ->
                            new Part.Text(part.need("text").text());
                        case "input_image" ->
                            part.find("image_url").isPresent()
                                    ? new Part.Image(ImageUrls.read(part.need("image_url")), Optional.empty())
                                    : new Part.Text(Part.Image.WORDS);
                        default -> new Part.Text("[" + type + "]");
                    });
        }
        return parts;
    }

    private void close() {
        open.message().ifPresent(turns::add);
        open = new AssistantTurn();
    }

    /** What the assistant did before somebody else's turn. */
    private static final class AssistantTurn {
        private final List<Part> content = new ArrayList<>();
        private final List<ToolCall> calls = new ArrayList<>();
        private boolean spoke;

        void thought(String text) {
            if (!text.isEmpty()) {
                content.add(new Part.Reasoning(text));
            }
        }

        void said(List<Part> parts) {
            content.addAll(parts);
            spoke = true;
        }

        void called(ToolCall call) {
            calls.add(call);
            spoke = true;
        }

        /** Whether more than thoughts is in it. */
        boolean spoke() {
            return spoke;
        }

        Optional<Message> message() {
            return spoke
                    ? Optional.of(new Message(Role.ASSISTANT, content, calls, Optional.empty()))
                    : Optional.empty();
        }
    }
}
