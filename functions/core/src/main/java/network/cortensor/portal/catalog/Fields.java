package network.cortensor.portal.catalog;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.Names;

/**
 * Reads the fields of one item and notes what is wrong with them. A field that is absent or bad is empty; whether that means a default
 * or a paused item is the caller's word: {@link Field#orElse}, {@link Field#required} or {@link Field#orBreak}. Used by one thread.
 */
public final class Fields {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal LARGEST_SESSION = BigDecimal.valueOf(Long.MAX_VALUE);

    private final String item;
    private final Map<String, ItemValue> values;
    private final List<Problem> problems = new ArrayList<>();
    private boolean broken;

    /**
     * @param item as complaints name it
     * @param values as {@code dynamo} reads them
     */
    public Fields(String item, Map<String, ItemValue> values) {
        this.item = item;
        this.values = values;
    }

    /** Whether a required field is missing or bad. */
    public boolean broken() {
        return broken;
    }

    public List<Problem> problems() {
        return problems;
    }

    /** The item cannot be used as it is, although each of its fields can be read. */
    void broken(String field, String complaint) {
        broken = true;
        problem(field, complaint);
    }

    void problem(String field, String complaint) {
        problems.add(new Problem(item, field, complaint, Problem.Severity.ERROR));
    }

    void advise(String field, String complaint) {
        problems.add(Problem.advice(item, field, complaint));
    }

    public Field<String> text(String name, int longest) {
        return field(
                name,
                "text of 1 to " + longest + " printable characters",
                value -> value.asText().filter(text -> text.length() <= longest && !text.isBlank() && printable(text)));
    }

    private static boolean printable(String text) {
        return text.codePoints().allMatch(Fields::printable);
    }

    /**
     * Half a surrogate pair has no form in UTF-8, and would break the answer that it is sent in. Unicode's own separators of lines and paragraphs are
     * the ends of lines to some readers, and lost in a catalog file.
     */
    private static boolean printable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point == '\n';
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    public Field<String> name(String name) {
        return field(name, Names.FORM, value -> value.asText().filter(Names::isName));
    }

    Field<Boolean> flag(String name) {
        return field(
                name,
                "true or false",
                value -> value instanceof ItemValue.Flag(boolean flag) ? Optional.of(flag) : Optional.empty());
    }

    Field<Integer> wholeNumber(String name, int least) {
        return field(name, "a whole number >= " + least, value -> asWhole(value).filter(number -> number >= least));
    }

    Field<Long> sessionId(String name) {
        return field(
                name,
                "a whole number >= 0",
                value -> asWhole(value, LARGEST_SESSION).map(BigDecimal::longValueExact));
    }

    Field<Duration> seconds(String name, BigDecimal least, BigDecimal most) {
        return field(
                name,
                "seconds, " + least.toPlainString() + " to " + most.toPlainString(),
                value -> value.asNumber()
                        .filter(number -> number.compareTo(least) >= 0 && number.compareTo(most) <= 0)
                        .map(number ->
                                Duration.ofMillis(number.movePointRight(3).longValue())));
    }

    Field<LocalDate> date(String name) {
        return field(
                name, "a date as 2026-12-31", value -> value.asText().flatMap(text -> attempt(text, LocalDate::parse)));
    }

    public Field<Instant> instant(String name) {
        return field(
                name,
                "a time as 2026-12-31T00:00:00Z",
                value -> value.asText().flatMap(text -> attempt(text, Instant::parse)));
    }

    public <E extends Enum<E>> Field<E> word(String name, Class<E> type) {
        return field(name, "one of " + words(type), value -> value.asText().flatMap(text -> constant(type, text)));
    }

    <E extends Enum<E>> Field<Set<E>> words(String name, Class<E> type) {
        return field(
                name,
                "a list of " + words(type),
                value -> value.asList().flatMap(list -> {
                    Set<E> found = EnumSet.noneOf(type);
                    for (ItemValue each : list) {
                        each.asText().flatMap(text -> constant(type, text)).ifPresent(found::add);
                    }
                    return found.size() == list.size() && !list.isEmpty() ? Optional.of(found) : Optional.empty();
                }));
    }

    public Field<List<String>> names(String name) {
        return field(
                name,
                "a list of names without doubles",
                value -> value.asList().flatMap(list -> {
                    List<String> found = list.stream()
                            .flatMap(each -> each.asText().stream())
                            .filter(Names::isName)
                            .distinct()
                            .toList();
                    return found.size() == list.size() ? Optional.of(found) : Optional.empty();
                }));
    }

    /** A list of maps, each read by {@code element}; empty if any of them is broken. */
    <T> Field<List<T>> maps(String name, String expectation, Function<Fields, T> element) {
        return field(
                name,
                expectation,
                value -> value.asList().filter(Predicate.not(List::isEmpty)).flatMap(list -> {
                    List<T> found = new ArrayList<>();
                    for (int index = 0; index < list.size(); index++) {
                        if (!(list.get(index) instanceof ItemValue.Mapped(Map<String, ItemValue> map))) {
                            return Optional.empty();
                        }
                        Fields fields = new Fields(item, map);
                        T read = element.apply(fields);
                        String prefix = name + "[" + index + "].";
                        fields.problems.forEach(inner -> problem(prefix + inner.field(), inner.complaint()));
                        if (fields.broken) {
                            return Optional.empty();
                        }
                        found.add(read);
                    }
                    return Optional.of(found);
                }));
    }

    /** A field of a form of its own. */
    public <T> Field<T> field(String name, String expectation, Function<ItemValue, Optional<T>> reader) {
        ItemValue value = values.get(name);
        if (value == null) {
            return new Field<>(this, name, expectation, Optional.empty(), "missing");
        }
        Optional<T> read = reader.apply(value);
        return new Field<>(this, name, expectation, read, Shown.of(value));
    }

    /**
     * One field as read.
     *
     * @param found what was there, abbreviated
     */
    public record Field<T>(Fields fields, String name, String expectation, Optional<T> value, String found) {

        /** Missing is fine; bad is reported; both are the default. */
        public T orElse(T byDefault) {
            return optional().orElse(byDefault);
        }

        /** Missing is fine; bad is reported, and counts as missing. */
        public Optional<T> optional() {
            if (value.isEmpty() && fields.values.containsKey(name)) {
                complain();
            }
            return value;
        }

        /** Missing or bad breaks the item; {@code placeholder} stands in. */
        public T required(T placeholder) {
            return required().orElse(placeholder);
        }

        /** Missing or bad breaks the item. */
        public Optional<T> required() {
            if (value.isEmpty()) {
                complain();
                fields.broken = true;
            }
            return value;
        }

        /** Missing is fine; bad breaks the item. For fields whose default allows more than any value of them would. */
        public Optional<T> orBreak() {
            return fields.values.containsKey(name) ? required() : Optional.empty();
        }

        private void complain() {
            fields.problem(name, found + " (expected: " + expectation + ")");
        }
    }

    /** From 0 to {@code largest}. */
    public static Optional<Long> asWhole(ItemValue value, long largest) {
        return asWhole(value, BigDecimal.valueOf(largest)).map(BigDecimal::longValueExact);
    }

    static Optional<Integer> asWhole(ItemValue value) {
        return asWhole(value, LARGEST).map(BigDecimal::intValueExact);
    }

    /** From 0 to {@code largest}. Compared before anything is made of it: a table's number may have 126 digits. */
    private static Optional<BigDecimal> asWhole(ItemValue value, BigDecimal largest) {
        return value.asNumber()
                .filter(number -> number.signum() >= 0
                        && number.compareTo(largest) <= 0
                        && number.stripTrailingZeros().scale() <= 0);
    }

    private static <T> Optional<T> attempt(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    private static <E extends Enum<E>> String words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
