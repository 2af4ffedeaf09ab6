package network.cortensor.portal.operator.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds scalars that YAML reads as something else than they look like: {@code 010} is 8 to it, {@code 0x10} is 16, {@code 1_000} is 1000, and
 * {@code off} is false. Where somebody means an id, a customer would be sent to another session, so the file is refused.
 */
final class PlainScalars {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
    private static final Pattern WORD = Pattern.compile("true|false");

    private PlainScalars() {}

    /**
     * One line for each, as {@code target p/t: sessionId: 010 (expected: digits without leading zeros)}.
     *
     * @throws JsonProcessingException if the text is no YAML
     */
    static List<String> complaints(YAMLFactory yaml, String text) throws JsonProcessingException {
        List<String> complaints = new ArrayList<>();
        try (JsonParser parser = yaml.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                Optional<String> expected = expected(token, parser.getText());
                if (expected.isPresent()) {
                    complaints.add(place(parser.getParsingContext()) + ": " + parser.getText() + " (expected: "
                            + expected.get() + ")");
                }
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory that cannot be read", e);
        }
        return complaints;
    }

    private static Optional<String> expected(JsonToken token, String text) {
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                NUMBER.matcher(text).matches()
                        ? Optional.empty()
                        : Optional.of("digits without leading zeros; in quotes, if a text is meant");
            case VALUE_TRUE, VALUE_FALSE ->
                WORD.matcher(text).matches()
                        ? Optional.empty()
                        : Optional.of("true or false; in quotes, if a text is meant");
            default -> Optional.empty();
        };
    }

    /** As other complaints about a file name the place: {@code model m: routes[0].weight}. */
    private static String place(JsonStreamContext innermost) {
        Deque<String> path = new ArrayDeque<>();
        for (JsonStreamContext at = innermost; at != null && !at.inRoot(); at = at.getParent()) {
            path.addFirst(at.inArray() ? "[" + at.getCurrentIndex() + "]" : String.valueOf(at.getCurrentName()));
        }
        String section = path.removeFirst();
        String item = switch (section) {
            case "models", "pools", "plans" -> section.substring(0, section.length() - 1) + named(path, 1);
            case "targets" -> "target" + named(path, 2);
            default -> section;
        };
        String field = String.join(".", path).replace(".[", "[");
        return field.isEmpty() ? item : item + ": " + field;
    }

    private static String named(Deque<String> path, int names) {
        List<String> taken = new ArrayList<>();
        while (taken.size() < names && !path.isEmpty()) {
            taken.add(path.removeFirst());
        }
        return taken.isEmpty() ? "s" : " " + String.join("/", taken);
    }
}
