package network.cortensor.portal.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Message.Part;
import network.cortensor.portal.model.PromptFormat;

/**
 * Breaks a model's special tokens in everything that a customer sends to a server that makes the prompt itself and does not break them: one that renders its
 * template to text and then looks for tokens in all of it. Without it such a server takes {@code <|im_end|>} in a customer's text for the end of the customer's
 * turn. {@link MendedAnswer} takes the breaks out of the answer.
 *
 * <p>Broken are texts of all roles, reasoning, functions' names, calls and results, the descriptions and schemas of functions, the schema of the answer, stop
 * texts and what belongs to an image. A bare prompt passes as it stands, like everywhere: it has no roles that it could leave.
 */
public final class Breaking {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Marks marks;

    private Breaking(Marks marks) {
        this.marks = marks;
    }

    /** With the special tokens of this format's models; {@link PromptFormat#PLAIN} has those of every known family. */
    public static Breaking of(PromptFormat format) {
        return new Breaking(PromptTemplate.of(format).marks());
    }

    /** The same request without a special token in it. */
    public CompletionRequest broken(CompletionRequest request) {
        return new CompletionRequest(
                switch (request.input()) {
                    case Input.Prompt bare -> bare;
                    case Input.Chat chat ->
                        new Input.Chat(
                                chat.messages().stream().map(this::broken).toList(), chat.answer());
                },
                request.promptFormat(),
                request.maxTokens(),
                request.sampling(),
                request.stop().stream().map(marks::broken).toList(),
                request.tools()
                        .map(tools -> new Tools(
                                broken(tools.definitions()), tools.choice().map(this::broken), tools.calls())),
                request.responseFormat().map(this::broken));
    }

    /** For the answer to a request that was broken. */
    public MendedAnswer answer() {
        return new MendedAnswer(marks);
    }

    private Message broken(Message message) {
        List<Message.ToolCall> calls = message.toolCalls().stream()
                .map(call -> new Message.ToolCall(
                        marks.broken(call.id()), marks.broken(call.name()), arguments(call.arguments())))
                .toList();
        return new Message(
                message.role(),
                message.content().stream().map(this::broken).toList(),
                calls,
                message.toolCallId().map(marks::broken));
    }

    private Part broken(Part part) {
        return switch (part) {
            case Part.Text text -> new Part.Text(marks.broken(text.text()));
            case Part.Image image ->
                new Part.Image(marks.broken(image.url()), image.detail().map(marks::broken));
            case Part.Reasoning reasoning -> new Part.Reasoning(marks.broken(reasoning.text()));
        };
    }

    /** No bracket stands outside of its strings, and we have written them without needless escapes. */
    private JsonText broken(JsonText json) {
        return new JsonText(marks.broken(json.text()));
    }

    /** JSON from elsewhere can hide a token in escapes, which a server's template undoes. */
    private String arguments(String written) {
        try {
            JsonNode read = JSON.readTree(written);
            JsonNode broken = broken(read);
            return broken.equals(read) ? marks.broken(written) : JSON.writeValueAsString(broken);
        } catch (JsonProcessingException e) {
            return marks.broken(written);
        }
    }

    private JsonNode broken(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode fields = JSON.createObjectNode();
                object.properties()
                        .forEach(field -> fields.set(marks.broken(field.getKey()), broken(field.getValue())));
                yield fields;
            }
            case ArrayNode array -> {
                ArrayNode elements = JSON.createArrayNode();
                array.forEach(element -> elements.add(broken(element)));
                yield elements;
            }
            default -> node.isTextual() ? JSON.getNodeFactory().textNode(marks.broken(node.textValue())) : node;
        };
    }
}
