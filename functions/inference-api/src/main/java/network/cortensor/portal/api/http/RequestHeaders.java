package network.cortensor.portal.api.http;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request's headers, by name in any case. */
public final class RequestHeaders {
    public static final RequestHeaders NONE = new RequestHeaders(Map.of());

    private final Map<String, List<String>> values;

    public RequestHeaders(Map<String, List<String>> values) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
        this.values = Collections.unmodifiableMap(copy);
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The value of a header that stands for something only if it is there once; empty where it is repeated. */
    public Optional<String> only(String name) {
        List<String> values = all(name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** All names and values together, in characters. */
    public int size() {
        return values.entrySet().stream()
                .mapToInt(header -> header.getValue().stream()
                        .mapToInt(value -> header.getKey().length() + value.length())
                        .sum())
                .sum();
    }

    /** Keys travel in headers. */
    @Override
    public String toString() {
        return "Headers[" + values.size() + "]";
    }
}
