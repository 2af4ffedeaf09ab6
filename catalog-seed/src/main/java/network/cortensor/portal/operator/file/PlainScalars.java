package network.cortensor.portal.operator.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds what YAML reads as something else than it looks like: {@code 010} is 8 to it, {@code 0x10} is 16, {@code 1_000} is 1000, {@code 1:30.5} is
 * 90.5 and {@code off} is false; of {@code *name}, which stands for a value elsewhere, the parser makes the text {@code name}; a tag makes another value
 * of what follows; and of several documents it reads the first. Where an operator means an id, a customer would be sent to another session, so the file
 * is refused.
 */
final class PlainScalars {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
    private static final Pattern WORD = Pattern.compile("true|false");

    private static final String STANDARD_TAG = "tag:yaml.org,2002:";

    /** The tag of a text, {@code !!str}: {@code !!str 010} is what it looks like. */
    private static final String TEXT = STANDARD_TAG + "str";

    /** The most that a number in DynamoDB has. */
    private static final int MOST_DIGITS = 38;

    private PlainScalars() {}

    /**
     * One line for each, as {@code target p/t: sessionId: 010 (expected: digits without leading zeros)}.
     *
     * @throws JsonProcessingException if the text is no YAML
     */
    static List<String> complaints(YAMLFactory yaml, String text) throws JsonProcessingException {
        List<String> complaints = new ArrayList<>();
        int documents = 0;
        try (YAMLParser parser = yaml.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                Optional<String> complaint = complaint(parser, token);
                if (complaint.isPresent()) {
                    complaints.add(place(parser.getParsingContext()) + complaint.get());
                }
                boolean ends = parser.getParsingContext().inRoot() && token != JsonToken.VALUE_NULL;
                documents += ends ? 1 : 0;
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory that cannot be read", e);
        }
        if (documents > 1) {
            complaints.add(documents + " documents (expected: one, so no line of --- between two parts)");
        }
        return complaints;
    }

    private static Optional<String> complaint(YAMLParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.FIELD_NAME) {
            return Optional.empty();
        }
        if (parser.isCurrentAlias()) {
            return Optional.of("*" + parser.getText() + " (expected: the value itself; in quotes, if a text is meant)");
        }
        Optional<String> expected = expected(token, parser.getText());
        if (expected.isPresent()) {
            return Optional.of(parser.getText() + " (expected: " + expected.get() + ")");
        }
        return Optional.ofNullable(parser.getTypeId())
                .filter(tag -> !tag.equals(TEXT))
                .map(tag -> "the tag !" + tag.replace(STANDARD_TAG, "!") + " (expected: a value without a tag)");
    }

    private static Optional<String> expected(JsonToken token, String text) {
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                if (!NUMBER.matcher(text).matches()) {
                    yield Optional.of("digits without leading zeros; in quotes, if a text is meant");
                }
                yield new BigDecimal(text).precision() > MOST_DIGITS
                        ? Optional.of("a number of at most " + MOST_DIGITS + " digits")
                        : Optional.empty();
            }
            case VALUE_TRUE, VALUE_FALSE ->
                WORD.matcher(text).matches()
                        ? Optional.empty()
                        : Optional.of("true or false; in quotes, if a text is meant");
            default -> Optional.empty();
        };
    }

    /** As other complaints about a file begin: {@code model m: routes[0].weight: }; nothing if the value is the whole file. */
    private static String place(JsonStreamContext innermost) {
        Deque<String> path = new ArrayDeque<>();
        for (JsonStreamContext at = innermost; at != null && !at.inRoot(); at = at.getParent()) {
            path.addFirst(at.inArray() ? "[" + at.getCurrentIndex() + "]" : String.valueOf(at.getCurrentName()));
        }
        if (path.isEmpty()) {
            return "";
        }
        String section = path.removeFirst();
        String item = switch (section) {
            case "models", "pools", "plans" -> section.substring(0, section.length() - 1) + named(path, 1);
            case "targets" -> "target" + named(path, 2);
            default -> section;
        };
        String field = String.join(".", path).replace(".[", "[");
        return (field.isEmpty() ? item : item + ": " + field) + ": ";
    }

    private static String named(Deque<String> path, int names) {
        List<String> taken = new ArrayList<>();
        while (taken.size() < names && !path.isEmpty()) {
            taken.add(path.removeFirst());
        }
        return taken.isEmpty() ? "s" : " " + String.join("/", taken);
    }
}
