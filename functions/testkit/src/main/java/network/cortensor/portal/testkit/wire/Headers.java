package network.cortensor.portal.testkit.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Header fields in the order in which they were sent; names are compared without regard to case. */
public record Headers(List<Header> all) {
    /** No fields. */
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        all = List.copyOf(all);
    }

    /** @param namesAndValues name, value, name, value … */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "namesAndValues: " + namesAndValues.length + " strings (expected: an even number)");
        }
        List<Header> all = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Headers(all);
    }

    /** These fields and one more after them. */
    public Headers with(String name, String value) {
        List<Header> more = new ArrayList<>(all);
        more.add(new Header(name, value));
        return new Headers(more);
    }

    public Optional<String> first(String name) {
        return values(name).stream().findFirst();
    }

    /** Every value of this name. */
    public List<String> values(String name) {
        return all.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** Whether a comma-separated field such as {@code Connection} lists this word. */
    public boolean lists(String name, String word) {
        return values(name).stream()
                .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",", -1)))
                .anyMatch(part -> part.strip().equals(word));
    }
}
