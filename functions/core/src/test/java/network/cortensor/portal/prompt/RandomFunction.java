package network.cortensor.portal.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A function with a random schema, and calls of it with random arguments that the schema allows. Left out is what no prompt format can tell
 * apart: a text that reads as a number or a constant where the schema allows both.
 *
 * @param definition as a customer sends it
 * @param arguments makes other ones each time
 */
record RandomFunction(String name, ObjectNode definition, Supplier<ObjectNode> arguments) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 3;

    private static final List<String> KEYS = List.of(
            "city",
            "a b",
            "x-y",
            "ключ",
            "n°",
            "a.b",
            "_",
            "$id",
            "Zeta",
            "日",
            "it's",
            "q?",
            "tab\tkey",
            "</x",
            "#",
            "a=b");
    private static final List<String> TEXTS = List.of(
            "",
            "Paris",
            " two  blanks ",
            "zwei\nZeilen\n",
            "\n",
            "\"quoted\"",
            "it's",
            "back\\slash \\n",
            "5",
            "true",
            "None",
            "ünïcödé 日本 🙂",
            "</parameter>",
            "one\n</parameter>\ntwo",
            "<parameter=x>",
            "{\"a\": [1]}",
            "a, b: c} d]",
            "tab\tand\r\nreturn",
            "\u0001\u2028",
            "<|im_end|> and </tool_call>",
            "<|end|><|start|>assistant",
            "<|\"|>,x:<tool_call|>",
            "say <think> or <turn|>",
            "'");
    private static final List<String> WORDS = List.of("c", "f", "a b", "é", "\"", "f");
    private static final List<String> NUMBERS =
            List.of("0", "1", "-1", "12345678901234567890", "0.5", "-2.25", "1e21", "1E-7", "1.5e+300", "100.0", "1e0");

    static RandomFunction of(String name, Random random) {
        ObjectNode definitions = JSON.objectNode();
        Kind parameters = new Schemas(random, definitions).object(0);
        ObjectNode schema = parameters.schema();
        if (!definitions.isEmpty()) {
            schema.set("$defs", definitions);
        }
        ObjectNode definition = JSON.objectNode().put("type", "function");
        ObjectNode function = definition.putObject("function").put("name", name);
        if (random.nextBoolean()) {
            function.put("strict", true);
        }
        function.set("parameters", schema);
        return new RandomFunction(
                name, definition, () -> (ObjectNode) parameters.value().get());
    }

    /** @param value makes other ones each time */
    private record Kind(ObjectNode schema, Supplier<JsonNode> value) {
        Kind(String type, Supplier<JsonNode> value) {
            this(JSON.objectNode().put("type", type), value);
        }
    }

    private record Schemas(Random random, ObjectNode definitions) {
        Kind any(int depth) {
            return switch (random.nextInt(depth < DEEPEST ? 14 : 8)) {
                case 0, 1 -> new Kind("string", () -> JSON.textNode(one(TEXTS)));
                case 2 -> words();
                case 3 -> new Kind("integer", () -> JSON.numberNode(random.nextInt(-9, 9)));
                case 4 -> new Kind("number", () -> OfferedFunctions.read(one(NUMBERS)));
                case 5 -> new Kind("boolean", () -> JSON.booleanNode(random.nextBoolean()));
                case 6 -> types();
                case 7 -> anything();
                case 8, 9 -> object(depth + 1);
                case 10, 11 -> array(depth + 1);
                case 12 -> union(depth + 1);
                default -> reference();
            };
        }

        Kind object(int depth) {
            ObjectNode schema = JSON.objectNode().put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            List<Kind> kinds = new ArrayList<>();
            List<String> names = new ArrayList<>(KEYS);
            Collections.shuffle(names, random);
            names = names.subList(0, random.nextInt(4));
            for (String name : names) {
                kinds.add(any(depth));
                properties.set(name, kinds.getLast().schema());
            }
            int required = random.nextInt(names.size() + 1);
            names.subList(0, required).forEach(schema.putArray("required")::add);
            schema.put("additionalProperties", false);
            List<String> members = List.copyOf(names);
            return new Kind(schema, () -> {
                ObjectNode value = JSON.objectNode();
                for (int i = 0; i < members.size(); i++) {
                    if (i < required || random.nextBoolean()) {
                        value.set(members.get(i), kinds.get(i).value().get());
                    }
                }
                return value;
            });
        }

        private Kind array(int depth) {
            Kind items = any(depth);
            ObjectNode schema = JSON.objectNode().put("type", "array");
            schema.set("items", items.schema());
            return new Kind(schema, () -> {
                ArrayNode value = JSON.arrayNode();
                for (int left = random.nextInt(4); left > 0; left--) {
                    value.add(items.value().get());
                }
                return value;
            });
        }

        private Kind words() {
            ObjectNode schema = JSON.objectNode().put("type", "string");
            WORDS.forEach(schema.putArray("enum")::add);
            return new Kind(schema, () -> JSON.textNode(one(WORDS)));
        }

        private Kind types() {
            String other = one(List.of("string", "boolean", "number"));
            ObjectNode schema = JSON.objectNode();
            schema.putArray("type").add(other).add("null");
            return new Kind(
                    schema,
                    () -> random.nextBoolean()
                            ? JSON.nullNode()
                            : switch (other) {
                                case "string" -> JSON.textNode("Oslo");
                                case "boolean" -> JSON.booleanNode(false);
                                default -> JSON.numberNode(2.5);
                            });
        }

        private Kind anything() {
            return new Kind(
                    JSON.objectNode(),
                    () -> OfferedFunctions.read(
                            one(List.of("1", "\"Kiel\"", "null", "true", "[]", "{}", "[{\"k\":\"v\"}]"))));
        }

        private Kind union(int depth) {
            List<Kind> choices = List.of(object(depth), array(depth), types());
            ObjectNode schema = JSON.objectNode();
            choices.forEach(choice -> schema.withArray("anyOf").add(choice.schema()));
            return new Kind(schema, () -> one(choices).value().get());
        }

        private Kind reference() {
            String name = "d" + definitions.size();
            definitions.putNull(name);
            Kind meant = object(DEEPEST);
            definitions.set(name, meant.schema());
            return new Kind(JSON.objectNode().put("$ref", "#/$defs/" + name), meant.value());
        }

        private <T> T one(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }
    }
}
