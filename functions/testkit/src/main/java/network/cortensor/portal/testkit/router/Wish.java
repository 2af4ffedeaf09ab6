package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * @param steps calls that are made together
 * @param json what is answered in place of words
 */
record Wish(List<List<Call>> steps, Optional<String> json) {
    private static final Pattern CALL = Pattern.compile("(?<![#\\w])call ([A-Za-z0-9_.-]{1,64})\\s*(?=(\\{)?)");
    private static final Pattern LITERAL = Pattern.compile("(?s)\\bjson\\s+(?=[\\[{])");
    private static final Pattern THEN = Pattern.compile("\\bthen\\b");
    private static final ObjectReader JSON = new ObjectMapper().reader();

    record Call(String name, ObjectNode arguments) {}

    static Wish of(String text) {
        List<List<Call>> steps = new ArrayList<>();
        for (String step : THEN.split(text, -1)) {
            List<Call> calls = new ArrayList<>();
            Matcher matcher = CALL.matcher(step);
            while (matcher.find()) {
                JsonNode arguments = matcher.group(2) == null
                        ? JsonNodeFactory.instance.objectNode()
                        : first(step.substring(matcher.end()));
                calls.add(new Call(
                        matcher.group(1),
                        arguments instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode()));
            }
            if (!calls.isEmpty()) {
                steps.add(calls);
            }
        }
        Matcher literal = LITERAL.matcher(text);
        Optional<String> json = literal.find()
                ? Optional.of(first(text.substring(literal.end())).toString())
                : Optional.empty();
        return new Wish(steps, json);
    }

    /** The value that the text begins with; nothing if it begins with none. */
    private static JsonNode first(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.missingNode();
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
