package network.cortensor.portal.router;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;

/** The text and reasoning in a choice, each in the several places and forms in which OpenAI-compatible servers write them. */
final class OpenAiContent {
    private static final List<JsonPointer> REASONING = places("/delta/reasoning_content", "/delta/reasoning");
    private static final List<JsonPointer> TEXTS = places("/delta/content", "/delta/refusal", "/text");

    private OpenAiContent() {}

    private static List<JsonPointer> places(String... inChoice) {
        return Arrays.stream(inChoice)
                .map(place -> JsonPointer.compile("/choices/0" + place))
                .toList();
    }

    /**
     * Where the text stands in an event of a stream that has no other content; empty also where any of it comes in parts.
     *
     * @param contents of the event
     */
    static Optional<JsonPointer> onlyPlace(JsonNode json, List<CompletionEvent.Content> contents) {
        boolean parts = Stream.of(REASONING, TEXTS)
                .flatMap(List::stream)
                .anyMatch(place -> json.at(place).isArray());
        if (parts || contents.size() != 1) {
            return Optional.empty();
        }
        List<JsonPointer> places = contents.getFirst() instanceof CompletionEvent.Reasoning ? REASONING : TEXTS;
        return places.stream().filter(place -> text(json.at(place)).isPresent()).findFirst();
    }

    static CompletionEvent.Content of(EventFrame.Found found) {
        return REASONING.contains(found.place())
                ? new CompletionEvent.Reasoning(found.text())
                : new CompletionEvent.Text(found.text());
    }

    /** @param message the part that chat answers have: {@code message} or {@code delta} */
    static List<CompletionEvent.Content> in(JsonNode choice, JsonNode message) {
        List<CompletionEvent.Content> contents = new ArrayList<>();
        firstText(message, "reasoning_content", "reasoning")
                .map(CompletionEvent.Reasoning::new)
                .ifPresent(contents::add);
        contents.addAll(said(message));
        firstText(choice, "text").map(CompletionEvent.Text::new).ifPresent(contents::add);
        return contents;
    }

    private static List<CompletionEvent.Content> said(JsonNode message) {
        List<CompletionEvent.Content> parts = new ArrayList<>();
        JsonNode content = message.path("content");
        if (content.isArray()) {
            content.forEach(part -> part(part).ifPresent(parts::add));
        }
        if (parts.isEmpty()) {
            firstText(message, "content", "refusal")
                    .map(CompletionEvent.Text::new)
                    .ifPresent(parts::add);
        }
        return parts;
    }

    /** Parts of other kinds, as images, have no place in the answer of a model of text. */
    private static Optional<CompletionEvent.Content> part(JsonNode part) {
        if (part.isTextual()) {
            return text(part).map(CompletionEvent.Text::new);
        }
        return switch (part.path("type").asText("text")) {
            case "text", "output_text" -> text(part.path("text")).map(CompletionEvent.Text::new);
            case "refusal" -> text(part.path("refusal")).map(CompletionEvent.Text::new);
            case "thinking" -> text(part.path("thinking")).map(CompletionEvent.Reasoning::new);
            case "reasoning" -> firstText(part, "reasoning", "text").map(CompletionEvent.Reasoning::new);
            default -> Optional.empty();
        };
    }

    private static Optional<String> firstText(JsonNode node, String... fields) {
        for (String field : fields) {
            Optional<String> text = text(node.path(field));
            if (text.isPresent()) {
                return text;
            }
        }
        return Optional.empty();
    }

    /** A text, or a list of texts or of parts with texts; never empty. */
    private static Optional<String> text(JsonNode node) {
        String text = node.isArray()
                ? node.valueStream().map(OpenAiContent::partText).collect(Collectors.joining())
                : node.asText("");
        return node.isTextual() || node.isArray()
                ? Optional.of(text).filter(found -> !found.isEmpty())
                : Optional.empty();
    }

    private static String partText(JsonNode part) {
        return part.isTextual() ? part.textValue() : part.path("text").asText("");
    }
}
