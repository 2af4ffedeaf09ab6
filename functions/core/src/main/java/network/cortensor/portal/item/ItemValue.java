package network.cortensor.portal.item;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The value of one field of an item, whether the item stands in a table or in a file. An item is a {@code Map<String, ItemValue>}; a field
 * without a value is not in it.
 */
public sealed interface ItemValue {

    /** A text. */
    record Text(String value) implements ItemValue {}

    /** A number of up to 38 digits. */
    record Decimal(BigDecimal value) implements ItemValue {}

    /** True or false. */
    record Flag(boolean value) implements ItemValue {}

    /** A list. */
    record Listed(List<ItemValue> values) implements ItemValue {
        public Listed {
            values = List.copyOf(values);
        }
    }

    /** A map, in the order in which it was written. */
    record Mapped(Map<String, ItemValue> fields) implements ItemValue {
        public Mapped {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /**
     * A value of a type that no rule reads, such as bytes.
     *
     * @param stored the value as its table's client has it; only the adapter of that table can write it
     */
    record Foreign(Object stored) implements ItemValue {}

    static ItemValue of(String text) {
        return new Text(text);
    }

    static ItemValue of(BigDecimal number) {
        return new Decimal(number);
    }

    static ItemValue of(long number) {
        return new Decimal(BigDecimal.valueOf(number));
    }

    static ItemValue of(boolean flag) {
        return new Flag(flag);
    }

    /** A list of texts. */
    static ItemValue of(List<String> texts) {
        return new Listed(texts.stream().map(ItemValue::of).toList());
    }

    /**
     * The value of what is written in Java: a text, a number, true or false, a list or a map of these.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    static ItemValue ofPlain(Object plain) {
        return switch (plain) {
            case ItemValue value -> value;
            case String text -> new Text(text);
            case BigDecimal number -> new Decimal(number);
            case Integer number -> of(number.longValue());
            case Long number -> of(number.longValue());
            case Boolean flag -> new Flag(flag);
            case List<?> list ->
                new Listed(list.stream().map(ItemValue::ofPlain).toList());
            case Map<?, ?> map -> {
                Map<String, ItemValue> fields = new LinkedHashMap<>();
                map.forEach((name, value) -> fields.put(String.valueOf(name), ofPlain(value)));
                yield new Mapped(fields);
            }
            default -> throw new IllegalArgumentException("a value of a type that items do not hold");
        };
    }

    /** The item of a map that is written in Java: see {@link #ofPlain}. */
    static Map<String, ItemValue> item(Map<String, ?> plain) {
        Map<String, ItemValue> item = new LinkedHashMap<>();
        plain.forEach((name, value) -> item.put(name, ofPlain(value)));
        return item;
    }

    /** The reverse of {@link #ofPlain}, and what JSON and YAML writers take. A foreign value is its type's name. */
    default Object plain() {
        return switch (this) {
            case Text(String text) -> text;
            case Decimal(BigDecimal number) -> number;
            case Flag(boolean flag) -> flag;
            case Listed(List<ItemValue> values) ->
                values.stream().map(ItemValue::plain).toList();
            case Mapped(Map<String, ItemValue> fields) -> plain(fields);
            case Foreign(Object stored) -> String.valueOf(stored);
        };
    }

    /** The reverse of {@link #item}. */
    static Map<String, Object> plain(Map<String, ItemValue> item) {
        Map<String, Object> plain = new LinkedHashMap<>();
        item.forEach((name, value) -> plain.put(name, value.plain()));
        return plain;
    }

    /** The field's text, if it has one. */
    static Optional<String> text(Map<String, ItemValue> item, String field) {
        return Optional.ofNullable(item.get(field)).flatMap(ItemValue::asText);
    }

    /** The text, if this is one. */
    default Optional<String> asText() {
        return this instanceof Text(String text) ? Optional.of(text) : Optional.empty();
    }

    /** The number, if this is one. */
    default Optional<BigDecimal> asNumber() {
        return this instanceof Decimal(BigDecimal number) ? Optional.of(number) : Optional.empty();
    }

    /** The list's values, if this is one. */
    default Optional<List<ItemValue>> asList() {
        return this instanceof Listed(List<ItemValue> values) ? Optional.of(values) : Optional.empty();
    }
}
