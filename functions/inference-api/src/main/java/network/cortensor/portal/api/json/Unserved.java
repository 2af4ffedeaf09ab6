package network.cortensor.portal.api.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import network.cortensor.portal.api.error.Rejection;

/**
 * A field that asks for something that is not served here. Pretending would be worse than refusing, so it gets a 400, unless its value
 * asks for nothing.
 *
 * @param harmless values that ask for nothing
 */
public record Unserved(String field, Predicate<JsonNode> harmless) {

    public static Unserved always(String field) {
        return new Unserved(field, value -> value.isContainerNode() && value.isEmpty());
    }

    public static Unserved unless(String field, String harmless) {
        return new Unserved(
                field, value -> value.isTextual() && value.textValue().equals(harmless));
    }

    public static Unserved unless(String field, int harmless) {
        return new Unserved(field, value -> value.isNumber() && value.doubleValue() == harmless);
    }

    public static Unserved whenTrue(String field) {
        return new Unserved(field, value -> value.isBoolean() && !value.booleanValue());
    }

    /** Refuses a request that asks for one of these. */
    public static void refuse(JsonField body, List<Unserved> table) throws Rejection {
        for (Unserved unserved : table) {
            Optional<JsonField> field = body.find(unserved.field());
            if (field.isPresent() && !unserved.harmless().test(field.get().value())) {
                throw field.get().wrong("is not supported with this value; leave it out.");
            }
        }
    }
}
