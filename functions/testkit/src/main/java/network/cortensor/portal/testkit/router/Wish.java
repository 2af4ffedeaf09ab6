package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user's words make the simulated model do, so that an agent can be tried without a model:
 *
 * <ul>
 *   <li>{@code call get_weather {"city":"Paris"}} calls the function, if it was offered;
 *   <li>several calls in one text are made at once, where the model can; those behind {@code then} after the results of the former;
 *   <li>{@code json {"a":1}} answers with that JSON;
 *   <li>any other text is said again.
 * </ul>
 *
 * <p>What stands in the JSON of a call is no wish: {@code call sh {"cmd":"if true; then ls; fi"}} is one call. Quotation marks may have a
 * backslash before them, as clients write them that quote what the user said.
 *
 * @param steps calls that are made together
 * @param literal JSON that is answered in place of words
 */
record Wish(List<List<Call>> steps, Optional<String> literal) {
    private static final Pattern WORD =
            Pattern.compile("(?<![#\\w])call (?<name>[A-Za-z0-9_.:/-]{1,128})(?<json>\\s*\\{)?|\\bthen\\b");
    private static final Pattern LITERAL = Pattern.compile("(?s)\\bjson\\s+(?=[\\[{])");
    private static final ObjectMapper JSON = new ObjectMapper();

    record Call(String name, ObjectNode arguments) {}

    /** @param length of the text that it was read from */
    private record Value(JsonNode json, int length) {}

    static Wish of(String text) {
        Matcher json = LITERAL.matcher(text);
        Optional<String> literal = json.find()
                ? Optional.of(first(text.substring(json.end())).json().toString())
                : Optional.empty();
        return new Wish(steps(text), literal);
    }

    private static List<List<Call>> steps(String text) {
        List<List<Call>> steps = new ArrayList<>();
        List<Call> step = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        for (int from = 0; word.find(from); ) {
            from = word.end();
            if (word.group("name") == null) {
                steps.add(step);
                step = new ArrayList<>();
                continue;
            }
            ObjectNode arguments = JsonNodeFactory.instance.objectNode();
            if (word.group("json") != null) {
                Value value = first(text.substring(word.end() - 1));
                from = word.end() - 1 + value.length();
                arguments = value.json() instanceof ObjectNode object ? object : arguments;
            }
            step.add(new Call(word.group("name"), arguments));
        }
        steps.add(step);
        return steps.stream().filter(calls -> !calls.isEmpty()).toList();
    }

    /** The value that the text begins with; nothing, and one character of it, if it begins with none. */
    private static Value first(String text) {
        Value asItStands = parsed(text);
        if (!asItStands.json().isMissingNode()) {
            return asItStands;
        }
        Value unquoted = parsed(text.replace("\\\"", "\""));
        int backslashes = 0;
        for (int i = 0; i - backslashes < unquoted.length() && i < text.length(); i++) {
            backslashes += text.startsWith("\\\"", i) ? 1 : 0;
        }
        return new Value(unquoted.json(), unquoted.length() + backslashes);
    }

    /** The value that the text begins with; missing if it begins with none. */
    static JsonNode json(String text) {
        return parsed(text).json();
    }

    private static Value parsed(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonNode json = parser.readValueAsTree();
            return new Value(json, (int) parser.currentLocation().getCharOffset());
        } catch (IOException e) {
            return new Value(MissingNode.getInstance(), 1);
        }
    }

    /** The calls to be made now that so many have been answered. */
    List<Call> next(int answered) {
        int left = answered;
        for (List<Call> step : steps) {
            if (left < step.size()) {
                return step.subList(left, step.size());
            }
            left -= step.size();
        }
        return List.of();
    }
}
