package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * A small value that a JSON schema allows, always the same for the same schema: every required property, the first of several choices, {@code
 * "text"} and 1. Patterns, and schemas that only forbid, are beyond it.
 */
final class SchemaExample {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 32;

    private final JsonNode root;

    private SchemaExample(JsonNode root) {
        this.root = root;
    }

    static JsonNode of(JsonNode schema) {
        return new SchemaExample(schema).example(schema, 0);
    }

    private JsonNode example(JsonNode schema, int depth) {
        if (depth > DEEPEST) {
            return JSON.nullNode();
        }
        String reference = schema.path("$ref").asText("");
        if (reference.startsWith("#")) {
            return example(root.at(reference.substring(1)), depth + 1);
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        for (String choices : new String[] {"enum", "examples"}) {
            if (!schema.path(choices).isEmpty()) {
                return schema.path(choices).path(0);
            }
        }
        for (String choices : new String[] {"anyOf", "oneOf", "allOf"}) {
            if (!schema.path(choices).isEmpty() && !schema.has("properties")) {
                return example(schema.path(choices).path(0), depth + 1);
            }
        }
        return typed(schema, depth);
    }

    private JsonNode typed(JsonNode schema, int depth) {
        JsonNode type = schema.path("type").isArray() ? schema.path("type").path(0) : schema.path("type");
        String byDefault = schema.has("properties") ? "object" : "string";
        return switch (type.asText(byDefault).toLowerCase(Locale.ROOT)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer", "number" -> number(schema);
            case "boolean" -> JSON.booleanNode(true);
            case "null" -> JSON.nullNode();
            default -> JSON.textNode(text(schema));
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        for (JsonNode name : schema.path("required")) {
            object.set(name.asText(), example(schema.path("properties").path(name.asText()), depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < schema.path("minItems").asInt(0); i++) {
            array.add(example(schema.path("items"), depth + 1));
        }
        return array;
    }

    private static JsonNode number(JsonNode schema) {
        for (String bound : new String[] {"minimum", "maximum", "multipleOf"}) {
            if (schema.path(bound).isNumber()) {
                return schema.path(bound);
            }
        }
        return JSON.numberNode(
                schema.path("exclusiveMinimum").isNumber()
                        ? schema.path("exclusiveMinimum").asInt() + 1
                        : 1);
    }

    private static String text(JsonNode schema) {
        String text = switch (schema.path("format").asText("")) {
            case "date" -> "2026-01-31";
            case "time" -> "12:00:00Z";
            case "date-time" -> "2026-01-31T12:00:00Z";
            case "email" -> "someone@example.com";
            case "uri" -> "https://example.com/";
            case "uuid" -> "00000000-0000-4000-8000-000000000000";
            default -> "text";
        };
        int least = schema.path("minLength").asInt(0);
        return text.length() >= least ? text : text + ".".repeat(least - text.length());
    }
}
