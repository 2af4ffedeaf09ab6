package network.cortensor.portal.router;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

    /** Where characters stand in a text. */
    record Span(int from, int to) {}

    /** Where the one text at this place of an object stands, without its quotation marks; empty if there is none, or if the object has the place twice. */
    static Optional<Span> textAt(String object, JsonPointer place) {
        List<Span> found = new ArrayList<>();
        try (JsonParser parser = MAPPER.createParser(object)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING
                        && parser.getParsingContext().pathAsPointer().equals(place)) {
                    int from = (int) parser.currentTokenLocation().getCharOffset() + 1;
                    parser.finishToken();
                    found.add(new Span(from, (int) parser.currentLocation().getCharOffset() - 1));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** What the characters between two quotation marks say; empty if it is nothing, or if they are no such characters. */
    static Optional<String> unquoted(String characters) {
        boolean escapes = false;
        for (int i = 0; i < characters.length(); i++) {
            char character = characters.charAt(i);
            if (character < ' ' || (character == '"' && !escapes)) {
                return Optional.empty();
            }
            escapes |= character == '\\';
        }
        return Optional.of(characters)
                .filter(text -> !text.isEmpty())
                .flatMap(escapes ? Json::unescaped : Optional::of);
    }

    private static Optional<String> unescaped(String characters) {
        try {
            return Optional.of(MAPPER.readTree('"' + characters + '"'))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
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
