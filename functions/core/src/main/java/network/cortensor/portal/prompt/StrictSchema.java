package network.cortensor.portal.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.StreamSupport;

/**
 * Whether a function's arguments fit its schema, as far as strict functions go: the part of JSON Schema that OpenAI's {@code strict} allows
 * (types, properties, required and further ones, items, enum, const, bounds, patterns, anyOf, references). What a schema says beyond that
 * forbids nothing here.
 */
final class StrictSchema {
    private static final int DEEPEST = 64;

    private final JsonNode root;

    private StrictSchema(JsonNode root) {
        this.root = root;
    }

    static boolean allows(JsonNode schema, JsonNode value) {
        return new StrictSchema(schema).fits(schema, value, 0);
    }

    private boolean fits(JsonNode written, JsonNode value, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        JsonNode schema = Typing.resolved(written, root, 0);
        if (schema.isBoolean()) {
            return schema.asBoolean();
        }
        return typed(schema, value)
                && constant(schema, value)
                && choices(schema, value, depth)
                && switch (value.getNodeType()) {
                    case OBJECT -> object(schema, value, depth);
                    case ARRAY -> array(schema, value, depth);
                    case STRING -> text(schema, value.asText());
                    case NUMBER -> number(schema, value);
                    default -> true;
                };
    }

    private static boolean typed(JsonNode schema, JsonNode value) {
        JsonNode type = schema.path("type");
        if (value.isNull() && schema.path("nullable").asBoolean(false)) {
            return true;
        }
        return type.isMissingNode()
                || (type.isTextual()
                        ? is(type.asText(), value)
                        : StreamSupport.stream(type.spliterator(), false).anyMatch(each -> is(each.asText(), value)));
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "number" -> value.isNumber();
            case "integer" ->
                value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
            default -> true;
        };
    }

    private static boolean constant(JsonNode schema, JsonNode value) {
        boolean same = !schema.has("const") || schema.path("const").equals(value);
        JsonNode constants = schema.path("enum");
        return same
                && (!constants.isArray()
                        || StreamSupport.stream(constants.spliterator(), false).anyMatch(value::equals));
    }

    private boolean choices(JsonNode schema, JsonNode value, int depth) {
        for (String choice : new String[] {"anyOf", "oneOf"}) {
            if (schema.path(choice).isArray()
                    && StreamSupport.stream(schema.path(choice).spliterator(), false)
                            .noneMatch(each -> fits(each, value, depth + 1))) {
                return false;
            }
        }
        return StreamSupport.stream(schema.path("allOf").spliterator(), false)
                .allMatch(each -> fits(each, value, depth + 1));
    }

    private boolean object(JsonNode schema, JsonNode value, int depth) {
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode property = schema.path("properties").path(member.getKey());
            JsonNode further = schema.path("additionalProperties");
            JsonNode meant = property.isMissingNode() ? further : property;
            if (!meant.isMissingNode() && !fits(meant, member.getValue(), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean array(JsonNode schema, JsonNode value, int depth) {
        if (value.size() < schema.path("minItems").asInt(0)
                || value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
            return false;
        }
        return schema.path("items").isMissingNode()
                || StreamSupport.stream(value.spliterator(), false)
                        .allMatch(each -> fits(schema.path("items"), each, depth + 1));
    }

    private static boolean text(JsonNode schema, String value) {
        int length = value.codePointCount(0, value.length());
        if (length < schema.path("minLength").asInt(0)
                || length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            return false;
        }
        String pattern = schema.path("pattern").asText("");
        try {
            return pattern.isEmpty() || Pattern.compile(pattern).matcher(value).find();
        } catch (PatternSyntaxException e) {
            return true;
        }
    }

    private static boolean number(JsonNode schema, JsonNode value) {
        return above(value, schema.path("minimum"), 0)
                && above(value, schema.path("exclusiveMinimum"), 1)
                && above(schema.path("maximum"), value, 0)
                && above(schema.path("exclusiveMaximum"), value, 1)
                && (!schema.path("multipleOf").isNumber()
                        || schema.path("multipleOf").decimalValue().signum() == 0
                        || value.decimalValue()
                                        .remainder(schema.path("multipleOf").decimalValue())
                                        .signum()
                                == 0);
    }

    /** A bound that is not there is kept. */
    private static boolean above(JsonNode greater, JsonNode smaller, int least) {
        return !greater.isNumber()
                || !smaller.isNumber()
                || greater.decimalValue().compareTo(smaller.decimalValue()) >= least;
    }
}
