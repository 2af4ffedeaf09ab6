package network.cortensor.portal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Examples with one value changed to what a bound or a word of the schemas says, or to what is just beyond: every such value at every
 * place.
 */
final class BodiesAtBounds {
    private static final Set<String> BOUNDS = Set.of("minimum", "maximum", "enum", "const");
    private static final Set<String> SIZES = Set.of("minItems", "maxItems");

    private static final List<String> INT_STEPS = List.of("-1", "-0.25", "0", "0.25", "1");

    /** Fractions are lost on numbers of this size, here as in clients. */
    private static final List<String> LONG_STEPS = List.of("-1", "0", "1");

    private final List<JsonNode> values = new ArrayList<>();
    private final Set<Integer> sizes = new TreeSet<>();
    private final Set<String> names;

    /**
     * @param schemas whose bounds count
     * @param names of members of a body
     */
    BodiesAtBounds(JsonNode schemas, Set<String> names) {
        this.names = names;
        Set<BigDecimal> numbers = new TreeSet<>();
        Set<String> words = new TreeSet<>(Set.of(""));
        gather(schemas, numbers, words);
        numbers.forEach(number -> values.add(JsonNodeFactory.instance.numberNode(number)));
        words.forEach(word -> values.add(JsonNodeFactory.instance.textNode(word)));
    }

    private void gather(JsonNode node, Set<BigDecimal> numbers, Set<String> words) {
        node.properties().forEach(member -> {
            if (BOUNDS.contains(member.getKey())) {
                take(member.getValue(), numbers, words);
            } else if (SIZES.contains(member.getKey())) {
                sizes.add(member.getValue().asInt());
            } else if (!member.getKey().equals("examples")) {
                gather(member.getValue(), numbers, words);
            }
        });
        if (node.isArray()) {
            node.forEach(item -> gather(item, numbers, words));
        }
    }

    private static void take(JsonNode bound, Set<BigDecimal> numbers, Set<String> words) {
        if (bound.isArray()) {
            bound.forEach(item -> take(item, numbers, words));
        } else if (bound.isTextual()) {
            words.add(bound.asText());
        } else if (bound.isNumber()) {
            for (String step : bound.canConvertToInt() ? INT_STEPS : LONG_STEPS) {
                numbers.add(bound.decimalValue().add(new BigDecimal(step)).stripTrailingZeros());
            }
        }
    }

    void of(JsonNode example, Consumer<JsonNode> bodies) {
        ObjectNode body = example.deepCopy();
        for (String name : names) {
            JsonNode before = body.get(name);
            for (JsonNode value : values) {
                bodies.accept(body.set(name, value));
            }
            if (before == null) {
                body.remove(name);
            } else {
                body.set(name, before);
            }
        }
        within(body, body, bodies);
    }

    private void within(JsonNode body, JsonNode container, Consumer<JsonNode> bodies) {
        if (container instanceof ObjectNode object) {
            List<String> members = new ArrayList<>();
            object.fieldNames().forEachRemaining(members::add);
            for (String member : members) {
                JsonNode before = object.get(member);
                instead(before).forEach(value -> {
                    object.set(member, value);
                    bodies.accept(body);
                });
                object.set(member, before);
                within(body, before, bodies);
            }
        }
        if (container instanceof ArrayNode array) {
            for (JsonNode item : array) {
                within(body, item, bodies);
            }
        }
    }

    /** What may stand instead of a value: other words and numbers, or an array of another size. */
    private List<JsonNode> instead(JsonNode value) {
        if (value.isObject() || (value.isArray() && value.isEmpty())) {
            return List.of();
        }
        if (!value.isArray()) {
            return values;
        }
        List<JsonNode> resized = new ArrayList<>();
        for (int size : sizes) {
            for (int each = Math.max(0, size - 1); each <= size + 1; each++) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode(each);
                for (int i = 0; i < each; i++) {
                    array.add(value.get(i % value.size()));
                }
                resized.add(array);
            }
        }
        return resized;
    }
}
