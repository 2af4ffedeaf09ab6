package network.cortensor.portal.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Functions as gpt-oss reads them: types of a TypeScript namespace, in the words of openai-harmony 0.0.8. What that library leaves out of a
 * schema (references, {@code anyOf}, {@code const}) is {@code any} here as well: the model was trained on its output, not on better ones.
 */
final class TypeScript {
    private TypeScript() {}

    static String namespace(List<OfferedFunctions.Function> functions) {
        StringBuilder text = new StringBuilder("namespace functions {\n\n");
        for (OfferedFunctions.Function function : functions) {
            function.description()
                    .lines()
                    .forEach(line -> text.append("// ").append(line).append('\n'));
            text.append("type ").append(function.name()).append(" = ");
            text.append(function.parameters().isMissingNode() ? "()" : "(_: " + type(function.parameters(), "") + ")");
            text.append(" => any;\n\n");
        }
        return text.append("} // namespace functions").toString();
    }

    private static String type(JsonNode schema, String indent) {
        if (schema.path("oneOf").isArray()) {
            return variants(schema.path("oneOf"), Optional.empty(), indent);
        }
        if (schema.path("type").isArray()) {
            List<String> types = new ArrayList<>();
            schema.path("type").forEach(type -> types.add(word(type.asText())));
            return types.isEmpty() ? "any" : String.join(" | ", types);
        }
        return switch (schema.path("type").asText("")) {
            case "object" -> object(schema, indent);
            case "string" -> words(schema.path("enum")).orElse("string");
            case "number", "integer" -> "number";
            case "boolean" -> "boolean";
            case "array" -> schema.has("items") ? type(schema.path("items"), indent) + "[]" : "Array<any>";
            default -> "any";
        };
    }

    private static String word(String type) {
        return type.equals("integer") ? "number" : type;
    }

    /** Nothing if none of them is a text. */
    private static Optional<String> words(JsonNode constants) {
        return constants
                .valueStream()
                .filter(JsonNode::isTextual)
                .map(constant -> '"' + constant.asText() + '"')
                .reduce((former, latter) -> former + " | " + latter);
    }

    private static String object(JsonNode schema, String indent) {
        StringBuilder text = new StringBuilder();
        comment(schema, "description", indent, text);
        text.append("{\n");
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            property(property.getKey(), property.getValue(), required.contains(property.getKey()), indent, text);
        }
        return text.append(indent).append('}').toString();
    }

    private static void property(String name, JsonNode schema, boolean required, String indent, StringBuilder text) {
        if (schema.path("title").isTextual()) {
            comment(schema, "title", indent, text);
            text.append(indent).append("//\n");
        }
        boolean severalTypes = schema.path("oneOf").isArray();
        if (!severalTypes || !schema.path("description").equals(schema.at("/oneOf/0/description"))) {
            comment(schema, "description", indent, text);
        }
        examples(schema.path("examples"), indent, text);
        if (severalTypes && schema.has("default")) {
            text.append(indent)
                    .append("// default: ")
                    .append(defaultValue(schema))
                    .append('\n');
        }
        text.append(indent).append(name).append(required ? ":" : "?:");
        if (severalTypes) {
            text.append(variants(schema.path("oneOf"), Optional.of(schema), indent))
                    .append('\n')
                    .append(indent)
                    .append(",\n");
            return;
        }
        text.append(' ').append(nullable(schema, type(schema, indent + "    "))).append(',');
        if (schema.has("default")) {
            text.append(" // default: ").append(defaultValue(schema));
        }
        text.append('\n');
    }

    private static void comment(JsonNode schema, String field, String indent, StringBuilder text) {
        if (schema.path(field).isTextual()) {
            text.append(indent)
                    .append("// ")
                    .append(schema.path(field).asText())
                    .append('\n');
        }
    }

    private static void examples(JsonNode examples, String indent, StringBuilder text) {
        if (!examples.isArray() || examples.isEmpty()) {
            return;
        }
        text.append(indent).append("// Examples:\n");
        for (JsonNode example : examples) {
            if (example.isTextual()) {
                text.append(indent).append("// - \"").append(example.asText()).append("\"\n");
            }
        }
    }

    /**
     * @param property whose variants they are, if they are one's and no type's within; behind its description the first variant's own is
     *     left out, and every one that is the same
     */
    private static String variants(JsonNode variants, Optional<JsonNode> property, String indent) {
        JsonNode told = property.map(each -> each.path("description")).orElse(MissingNode.getInstance());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < variants.size(); i++) {
            JsonNode variant = variants.path(i);
            text.append('\n').append(indent).append(" | ");
            text.append(nullable(variant, type(variant, indent + "   ")));
            List<String> comments = new ArrayList<>();
            JsonNode description = variant.path("description");
            boolean repeats = told.isTextual() && (i == 0 || description.equals(told));
            if (description.isTextual() && !repeats) {
                comments.add(description.asText());
            }
            if (variant.has("default")) {
                boolean written = property.isEmpty() && isEnum(variant);
                comments.add("default: " + (written ? RustJson.write(variant.path("default")) : defaultValue(variant)));
            }
            if (!comments.isEmpty()) {
                text.append(" // ").append(String.join(" ", comments));
            }
        }
        return text.toString();
    }

    private static String nullable(JsonNode schema, String type) {
        return schema.path("nullable").asBoolean(false) && !type.contains("null") ? type + " | null" : type;
    }

    private static String defaultValue(JsonNode schema) {
        JsonNode value = schema.path("default");
        if (!value.isTextual()) {
            return RustJson.write(value);
        }
        return isEnum(schema) ? value.asText() : '"' + value.asText() + '"';
    }

    private static boolean isEnum(JsonNode schema) {
        return schema.path("enum").isArray() && !schema.path("enum").isEmpty();
    }
}
