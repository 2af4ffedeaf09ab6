package network.cortensor.portal.router;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** JSON that comes from routers and goes to them. What comes may be anything; it is read within limits, and never quoted in an error. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(CallWorker.MOST_BYTES_WHOLE)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Json() {}

    /** The object that the text is; empty if it is anything else. */
    static Optional<JsonNode> object(String text) {
        try {
            JsonNode node = MAPPER.readTree(bare(text));
            return node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Without the blanks and byte order marks around it. */
    static String bare(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isAround(text.charAt(from))) {
            from++;
        }
        while (to > from && isAround(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isAround(char character) {
        return character == BYTE_ORDER_MARK || Character.isWhitespace(character);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String write(ObjectNode object) {
        try {
            return MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object that we have built cannot be written");
        }
    }

    /** The text at a path of field names and indices ({@code /choices/0/text}); empty if there is none or it is no text. */
    static Optional<String> text(JsonNode node, String path) {
        return Optional.of(node.at(path)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** Whether a field is there and holds more than null, false or an empty text. */
    static boolean says(JsonNode node, String field) {
        JsonNode value = node.path(field);
        boolean silent = value.isMissingNode()
                || value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isTextual() && value.textValue().isBlank());
        return !silent;
    }
}
