package network.cortensor.portal.api.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Values of a field that ask for nothing, so that a request with one of them is served. {@code null} always is one. */
public sealed interface Harmless {
    boolean covers(JsonNode value);

    /** The values as a JSON schema with a description for customers. */
    ObjectNode schema();

    static Harmless nothing() {
        return new Nothing();
    }

    static Harmless empty() {
        return new Empty();
    }

    static Harmless only(String... values) {
        return new Texts(List.of(values));
    }

    static Harmless only(boolean value) {
        return new Flag(value);
    }

    static Harmless only(int value) {
        return new Count(value);
    }

    static Harmless itemsOnly(String item) {
        return new Items(item);
    }

    /** Whatever the value is, it asks for something. */
    record Nothing() implements Harmless {
        @Override
        public boolean covers(JsonNode value) {
            return false;
        }

        @Override
        public ObjectNode schema() {
            return described("Not served.").put("type", "null");
        }
    }

    /** An object or an array without members. */
    record Empty() implements Harmless {
        @Override
        public boolean covers(JsonNode value) {
            return value.isContainerNode() && value.isEmpty();
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = described("Not served. Only values that ask for nothing are taken.");
            schema.putArray("type").add("object").add("array").add("null");
            return schema.put("maxProperties", 0).put("maxItems", 0);
        }
    }

    record Texts(List<String> values) implements Harmless {
        public Texts {
            values = List.copyOf(values);
        }

        @Override
        public boolean covers(JsonNode value) {
            return value.isTextual() && values.contains(value.textValue());
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = described("Not served. Only what asks for nothing is taken.");
            values.forEach(schema.putArray("enum")::add);
            schema.withArray("enum").addNull();
            return schema;
        }
    }

    record Flag(boolean only) implements Harmless {
        @Override
        public boolean covers(JsonNode value) {
            return value.isBoolean() && value.booleanValue() == only;
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = described("Not served. Only " + only + ", which asks for nothing, is taken.");
            schema.putArray("enum").add(only).addNull();
            return schema;
        }
    }

    record Count(int only) implements Harmless {
        @Override
        public boolean covers(JsonNode value) {
            return value.isNumber() && value.doubleValue() == only;
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = described("Not served. Only " + only + ", which asks for nothing, is taken.");
            schema.putArray("enum").add(only).addNull();
            return schema;
        }
    }

    /** A list of nothing but one word. */
    record Items(String only) implements Harmless {
        @Override
        public boolean covers(JsonNode value) {
            return value.isArray() && value.valueStream().allMatch(item -> only.equals(item.textValue()));
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = described("`" + only + "` is all that is served.");
            schema.putArray("type").add("array").add("null");
            schema.putObject("items").put("const", only);
            return schema;
        }
    }

    private static ObjectNode described(String description) {
        return JsonNodeFactory.instance.objectNode().put("description", description);
    }
}
