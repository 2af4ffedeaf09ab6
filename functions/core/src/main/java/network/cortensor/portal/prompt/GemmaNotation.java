package network.cortensor.portal.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Functions, calls and results in Gemma 4's notation, as in Google's canonical template of 2026-07-09: keys sorted without regard to case,
 * strings between two marks and never escaped, types in upper case. What the template leaves out of a schema is left out here.
 */
final class GemmaNotation {
    private static final String QUOTE = "<|\"|>";

    /** Keys that the template takes for a schema's own where an object has no {@code properties}. */
    private static final Set<String> SCHEMA_KEYS = Set.of("description", "type", "properties", "required", "nullable");

    private GemmaNotation() {}

    static String declaration(OfferedFunctions.Function function) {
        StringBuilder text = new StringBuilder("<|tool>declaration:")
                .append(safe(function.name()))
                .append("{description:")
                .append(quoted(function.description()));
        JsonNode parameters = function.parameters();
        if (parameters.isObject() && !parameters.isEmpty()) {
            text.append(",parameters:{");
            if (!parameters.path("properties").isEmpty()) {
                text.append("properties:{")
                        .append(properties(parameters.path("properties")))
                        .append("},");
            }
            if (!parameters.path("required").isEmpty()) {
                text.append("required:[")
                        .append(quoted(parameters.path("required")))
                        .append("],");
            }
            if (parameters.path("type").isTextual()) {
                text.append("type:").append(type(parameters)).append('}');
            }
        }
        return text.append("}<tool|>").toString();
    }

    static String call(ConversationTurn.Call call) {
        return "<|tool_call>call:" + call.name() + '{' + fields(call.fields(), "") + "}<tool_call|>";
    }

    static String result(ConversationTurn.Result result) {
        return "<|tool_response>response:" + result.name() + "{value:" + QUOTE + result.text() + QUOTE
                + "}<tool_response|>";
    }

    private static String properties(JsonNode properties) {
        return sorted(properties.properties()).stream()
                .map(property -> safe(property.getKey()) + ":{" + property(property.getValue()) + "}")
                .collect(Collectors.joining(","));
    }

    private static String property(JsonNode schema) {
        String type = schema.path("type").asText("").toUpperCase(Locale.ROOT);
        List<String> parts = new ArrayList<>();
        if (!schema.path("description").asText("").isEmpty()) {
            parts.add("description:" + quoted(schema.path("description").asText()));
        }
        if (type.equals("STRING") && !schema.path("enum").isEmpty()) {
            parts.add("enum:" + value(schema.path("enum"), QUOTE));
        }
        if (type.equals("ARRAY") && !schema.path("items").isEmpty()) {
            parts.add("items:{" + items(schema.path("items")) + "}");
        }
        if (schema.path("nullable").asBoolean(false)) {
            parts.add("nullable:true");
        }
        if (type.equals("OBJECT")) {
            parts.add("properties:{" + properties(inner(schema)) + "}");
            if (!schema.path("required").isEmpty()) {
                parts.add("required:[" + quoted(schema.path("required")) + "]");
            }
        }
        parts.add("type:" + type(schema));
        return String.join(",", parts);
    }

    /** An object without {@code properties} is taken for its own list of them. */
    private static JsonNode inner(JsonNode schema) {
        if (schema.path("properties").isObject()) {
            return schema.path("properties");
        }
        ObjectNode rest = schema.deepCopy();
        rest.remove(SCHEMA_KEYS);
        return rest;
    }

    private static String items(JsonNode items) {
        return sorted(items.properties()).stream()
                .filter(item -> !item.getValue().isNull())
                .map(item -> switch (item.getKey()) {
                    case "properties" ->
                        "properties:{" + (item.getValue().isObject() ? properties(item.getValue()) : "") + "}";
                    case "required" -> "required:[" + quoted(item.getValue()) + "]";
                    case "type" -> "type:" + value(upper(item.getValue()), QUOTE);
                    default -> safe(item.getKey()) + ":" + value(item.getValue(), QUOTE);
                })
                .collect(Collectors.joining(","));
    }

    private static JsonNode upper(JsonNode type) {
        return OfferedFunctions.read(type.toString().toUpperCase(Locale.ROOT));
    }

    /** A list of types is written as Python writes one: the template turns it into text as it stands. */
    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (!type.isArray()) {
            return quoted(type.asText("").toUpperCase(Locale.ROOT));
        }
        String list = StreamSupport.stream(type.spliterator(), false)
                .map(each -> "'" + each.asText() + "'")
                .collect(Collectors.joining(", ", "[", "]"));
        return quoted(list.toUpperCase(Locale.ROOT));
    }

    private static String value(JsonNode value, String keyQuote) {
        return switch (value.getNodeType()) {
            case STRING -> quoted(value.asText());
            case OBJECT -> "{" + fields(value.properties(), keyQuote) + "}";
            case ARRAY ->
                StreamSupport.stream(value.spliterator(), false)
                        .map(each -> value(each, keyQuote))
                        .collect(Collectors.joining(",", "[", "]"));
            case NUMBER -> PythonUnicodeJson.number(value);
            default -> value.asText("null");
        };
    }

    private static String fields(Set<Map.Entry<String, JsonNode>> fields, String keyQuote) {
        return sorted(fields).stream()
                .map(field -> keyQuote + safe(field.getKey()) + keyQuote + ":" + value(field.getValue(), keyQuote))
                .collect(Collectors.joining(","));
    }

    private static String quoted(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(text -> quoted(text.asText()))
                .collect(Collectors.joining(","));
    }

    private static String quoted(String text) {
        return QUOTE + safe(text) + QUOTE;
    }

    private static String safe(String text) {
        return Marks.GEMMA4.broken(text);
    }

    private static List<Map.Entry<String, JsonNode>> sorted(Set<Map.Entry<String, JsonNode>> fields) {
        return fields.stream()
                .sorted(Comparator.comparing(field -> field.getKey().toLowerCase(Locale.ROOT)))
                .toList();
    }
}
