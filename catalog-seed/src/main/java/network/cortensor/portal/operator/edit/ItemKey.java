package network.cortensor.portal.operator.edit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which item it is. Tables may hold keys that are no names; they can be shown and removed all the same.
 *
 * @param values one for each attribute of the key
 */
public record ItemKey(Kind kind, List<String> values) {
    /** By kind, then by name. */
    public static final Comparator<ItemKey> ORDER =
            Comparator.comparing(ItemKey::kind).thenComparing(ItemKey::name);

    public ItemKey {
        values = List.copyOf(values);
        if (values.size() != kind.key().size()) {
            throw new IllegalArgumentException("key: " + values + " (expected: " + kind.key() + ")");
        }
    }

    public static ItemKey model(String alias) {
        return new ItemKey(Kind.MODEL, List.of(alias));
    }

    public static ItemKey pool(String pool) {
        return new ItemKey(Kind.POOL, List.of(pool));
    }

    public static ItemKey target(String pool, String target) {
        return new ItemKey(Kind.TARGET, List.of(pool, target));
    }

    public static ItemKey plan(String plan) {
        return new ItemKey(Kind.PLAN, List.of(plan));
    }

    static ItemKey of(Kind kind, Map<String, AttributeValue> item) {
        return new ItemKey(
                kind,
                kind.key().stream()
                        .map(name -> Optional.ofNullable(item.get(name))
                                .map(AttributeValue::s)
                                .map(kind::named)
                                .orElse(""))
                        .toList());
    }

    /** {@code oss-20b}, or {@code oss-20b/a-101} for a target. */
    public String name() {
        return String.join("/", values);
    }

    public Map<String, AttributeValue> attributes() {
        Map<String, AttributeValue> key = new HashMap<>();
        for (int index = 0; index < values.size(); index++) {
            key.put(kind.key().get(index), AttributeValue.fromS(kind.stored(values.get(index))));
        }
        return key;
    }

    /** {@code target oss-20b/a-101}, as complaints name it too. */
    @Override
    public String toString() {
        return kind.word() + " " + name();
    }
}
