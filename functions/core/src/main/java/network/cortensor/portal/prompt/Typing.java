package network.cortensor.portal.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which JSON a value may be that a model wrote without saying so: {@code 5} is a number where the schema wants one, and a text where it
 * wants a text.
 *
 * @param types the schema's words; empty if it allows any
 */
record Typing(Set<String> types) {
    static final Typing ANY = new Typing(Set.of());

    private static final int DEEPEST = 16;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    Typing {
        types = Set.copyOf(types);
    }

    /** @param root the schema that references point into */
    static Typing of(JsonNode schema, JsonNode root) {
        Set<String> types = new HashSet<>();
        return collect(schema, root, types, 0) ? new Typing(types) : ANY;
    }

    /** Whether the schema says what it allows. */
    private static boolean collect(JsonNode schema, JsonNode root, Set<String> types, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        JsonNode meant = resolved(schema, root, depth);
        if (meant.path("nullable").asBoolean(false)) {
            types.add("null");
        }
        if (meant.path("type").isTextual()) {
            types.add(meant.path("type").asText());
            return true;
        }
        if (meant.path("type").isArray()) {
            meant.path("type").forEach(type -> types.add(type.asText()));
            return true;
        }
        if (meant.has("const") || meant.path("enum").isArray()) {
            if (meant.has("const")) {
                types.add(word(meant.path("const")));
            }
            meant.path("enum").forEach(constant -> types.add(word(constant)));
            return true;
        }
        for (String choice : new String[] {"anyOf", "oneOf"}) {
            if (meant.path(choice).isArray()) {
                boolean all = true;
                for (JsonNode each : meant.path(choice)) {
                    all &= collect(each, root, types, depth + 1);
                }
                return all;
            }
        }
        for (JsonNode each : meant.path("allOf")) {
            if (collect(each, root, types, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    private static String word(JsonNode constant) {
        return switch (constant.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case OBJECT -> "object";
            case ARRAY -> "array";
            default -> "null";
        };
    }

    /** The schema itself, or what it points at within the root. */
    static JsonNode resolved(JsonNode schema, JsonNode root, int depth) {
        String reference = schema.path("$ref").asText("");
        if (!reference.startsWith("#/") || depth > DEEPEST) {
            return schema;
        }
        return resolved(root.at(reference.substring(1)), root, depth + 1);
    }

    /** The schema of a property of an object; missing if the schema says nothing about it. */
    static JsonNode property(JsonNode schema, String name, JsonNode root) {
        JsonNode meant = resolved(schema, root, 0);
        if (meant.path("properties").has(name)) {
            return meant.path("properties").path(name);
        }
        JsonNode further = meant.path("additionalProperties");
        if (further.isObject()) {
            return further;
        }
        for (String choice : new String[] {"anyOf", "oneOf", "allOf"}) {
            for (JsonNode each : meant.path(choice)) {
                JsonNode found = resolved(each, root, 0).path("properties").path(name);
                if (!found.isMissingNode()) {
                    return found;
                }
            }
        }
        return MissingNode.getInstance();
    }

    /** The schema of an array's elements; missing if the schema says nothing about them. */
    static JsonNode items(JsonNode schema, JsonNode root) {
        JsonNode meant = resolved(schema, root, 0);
        if (meant.path("items").isObject()) {
            return meant.path("items");
        }
        for (String choice : new String[] {"anyOf", "oneOf", "allOf"}) {
            for (JsonNode each : meant.path(choice)) {
                JsonNode found = resolved(each, root, 0).path("items");
                if (found.isObject()) {
                    return found;
                }
            }
        }
        return MissingNode.getInstance();
    }

    /** Whether nothing but a text is allowed, so that it can be passed on before it is whole. */
    boolean textOnly() {
        return types.equals(Set.of("string"));
    }

    boolean allowsText() {
        return types.isEmpty() || types.contains("string");
    }

    /** The value as JSON: of a type that is allowed, and otherwise a text. Python's words for constants count as JSON's. */
    String json(String raw) {
        String trimmed = raw.strip();
        String literal = switch (trimmed) {
            case "True" -> "true";
            case "False" -> "false";
            case "None" -> "null";
            default -> trimmed;
        };
        return parsed(literal).filter(this::allows).map(json -> literal).orElseGet(() -> quoted(raw));
    }

    private boolean allows(JsonNode json) {
        return switch (json.getNodeType()) {
            case NUMBER ->
                types.isEmpty()
                        || types.contains("number")
                        || (types.contains("integer")
                                && json.decimalValue().stripTrailingZeros().scale() <= 0);
            case BOOLEAN -> types.isEmpty() || types.contains("boolean");
            case OBJECT -> types.isEmpty() || types.contains("object");
            case ARRAY -> types.isEmpty() || types.contains("array");
            case NULL -> types.isEmpty() || types.contains("null");
            default -> false;
        };
    }

    static String quoted(String text) {
        return '"' + JsonStrings.escaped(text) + '"';
    }

    static Optional<JsonNode> parsed(String json) {
        try {
            return Optional.of(JSON.readTree(json)).filter(node -> node.getNodeType() != JsonNodeType.MISSING);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
