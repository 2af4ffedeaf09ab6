package network.cortensor.portal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Bodies that are nearly right: examples with one to three random changes each. */
final class BodyChanges {
    private static final List<JsonNode> ODD =
            Description.json("""
                [null, true, false, 0, 1, 2, -1, 0.5, 1.5, 0.0, 1.0, 7.0, 3, 33, 2147483647, 2147483648, -9223372036854775808,
                 9223372036854775807, 9223372036854775808, "", " ", "a", "text", "auto", "none", "any", "required", "function",
                 "tool", "custom", "user", "system", "developer", "assistant", "high", "https://a.example", "ftp://a", "data:image/png,a",
                 "image/png", "json_object", [], [""], ["a"], ["a", "b", "c", "d", "e"], ["text"], [{}], [null], {}, {"a": 1},
                 {"type": "text"}, {"type": "text", "text": "a"}, {"type": "json_object"}, {"type": "auto"}, {"type": "tool", "name": "f"},
                 {"type": "function", "function": {"name": "f"}}, {"include_usage": true}, {"name": "f", "input_schema": {}},
                 {"role": "user", "content": "a"}, {"role": "assistant", "content": null}, {"type": "refusal", "refusal": "no"},
                 {"type": "redacted_thinking"}, {"role": "tool", "tool_call_id": "c", "content": "a"}]
                """).valueStream().toList();

    private final RandomGenerator random;
    private final List<JsonNode> examples;
    private final List<JsonNode> values = new ArrayList<>(ODD);

    BodyChanges(RandomGenerator random, List<JsonNode> examples) {
        this.random = random;
        this.examples = examples;
        examples.forEach(this::gather);
    }

    /** Parts of examples are values that fit somewhere. */
    private void gather(JsonNode node) {
        values.add(node);
        node.forEach(this::gather);
    }

    /** @param names that objects may get members of */
    JsonNode next(List<String> names) {
        JsonNode body = any(examples).deepCopy();
        for (int left = random.nextInt(1, 4); left > 0; left--) {
            List<JsonNode> containers = new ArrayList<>();
            containers(body, containers);
            change(any(containers), names);
        }
        return body;
    }

    private static void containers(JsonNode node, List<JsonNode> found) {
        if (node.isContainerNode()) {
            found.add(node);
            node.forEach(child -> containers(child, found));
        }
    }

    private void change(JsonNode container, List<String> names) {
        switch (container) {
            case ObjectNode object -> changeObject(object, names);
            case ArrayNode array -> changeArray(array);
            default -> throw new AssertionError(container);
        }
    }

    private void changeObject(ObjectNode object, List<String> names) {
        List<String> own = new ArrayList<>();
        object.fieldNames().forEachRemaining(own::add);
        if (own.isEmpty() || random.nextInt(3) == 0) {
            object.set(any(names), any(values).deepCopy());
        } else if (random.nextInt(4) == 0) {
            object.remove(any(own));
        } else {
            object.set(any(own), any(values).deepCopy());
        }
    }

    private void changeArray(ArrayNode array) {
        if (array.isEmpty() || random.nextInt(3) == 0) {
            array.add(any(values).deepCopy());
        } else if (random.nextInt(3) == 0) {
            array.remove(random.nextInt(array.size()));
        } else {
            array.set(random.nextInt(array.size()), any(values).deepCopy());
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
