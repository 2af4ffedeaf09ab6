package network.cortensor.portal.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.item.ItemValue;

/**
 * Which item of the catalog: the one name of an item. People can write keys that are no names, and these have a key too. An item's name has three forms:
 * {@link #name} as operators write it, {@link #toString} in messages, and {@link #stored} in the table of history.
 *
 * @param values one for each of the table's key attributes, in their order
 */
public record CatalogKey(CatalogTable table, List<String> values) {
    /** By table, then by name. */
    public static final Comparator<CatalogKey> ORDER = Comparator.comparing(CatalogKey::table)
            .thenComparing(key -> key.values().getFirst())
            .thenComparing(key -> key.values().getLast());

    /** DynamoDB takes 2,048 bytes in a partition key; history adds a few of its own. */
    private static final int LONGEST = 1_500;

    public CatalogKey {
        values = List.copyOf(values);
        if (values.size() != table.keys().size()) {
            throw new IllegalArgumentException("key: " + values.size() + " values (expected: " + table.keys() + ")");
        }
    }

    public static CatalogKey model(String alias) {
        return new CatalogKey(CatalogTable.MODELS, List.of(alias));
    }

    public static CatalogKey pool(String pool) {
        return new CatalogKey(CatalogTable.POOLS, List.of(pool));
    }

    public static CatalogKey target(String pool, String target) {
        return new CatalogKey(CatalogTable.TARGETS, List.of(pool, target));
    }

    public static CatalogKey plan(String plan) {
        return new CatalogKey(CatalogTable.PLANS, List.of(plan));
    }

    /** The key of an item of this table, or empty if it has none. */
    public static Optional<CatalogKey> of(CatalogTable table, Map<String, ItemValue> item) {
        List<String> values = new ArrayList<>();
        for (String key : table.keys()) {
            Optional<String> name = ItemValue.text(item, key).flatMap(table::nameIn);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            values.add(name.get());
        }
        return Optional.of(new CatalogKey(table, values));
    }

    /** The reverse of {@link #stored}. Empty if the text is of another form, or of a key that was too long for one. */
    public static Optional<CatalogKey> parse(String text) {
        List<String> parts = List.of(text.split("/", -1));
        List<String> values = parts.subList(1, parts.size());
        return CatalogTable.titled(parts.getFirst())
                .filter(table -> table.keys().size() == values.size())
                .flatMap(table -> decoded(values).map(decoded -> new CatalogKey(table, decoded)))
                .filter(key -> key.stored().equals(text));
    }

    /** The key's attributes by name. */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int index = 0; index < values.size(); index++) {
            attributes.put(table.keys().get(index), table.keyOf(values.get(index)));
        }
        return attributes;
    }

    /** {@code oss-20b}, or {@code oss-20b/a-101} for a target. */
    public String name() {
        return String.join("/", values);
    }

    /** {@code target oss-20b/a-101}, as problems name it too. */
    @Override
    public String toString() {
        return table.word() + " " + name();
    }

    /**
     * As history keeps it: {@code Models/gpt-oss-20b} and {@code Targets/oss-20b/a-101}. Each key has a text of its own: what names do not hold is
     * percent-encoded, and what gets too long ends in a digest.
     */
    public String stored() {
        StringBuilder text = new StringBuilder(table.title());
        values.forEach(value -> text.append('/').append(URLEncoder.encode(value, UTF_8)));
        return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST - 100) + "~" + digest(text);
    }

    private static Optional<List<String>> decoded(List<String> values) {
        try {
            return Optional.of(values.stream()
                    .map(value -> URLDecoder.decode(value, UTF_8))
                    .toList());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String digest(CharSequence text) {
        try {
            byte[] bytes = text.toString().getBytes(UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
