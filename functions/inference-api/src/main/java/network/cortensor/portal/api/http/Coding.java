package network.cortensor.portal.api.http;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the bytes of a document are sent. */
enum Coding {
    PLAIN,
    GZIP;

    /** By {@code accept-encoding}: compressed where that is asked for, and plain for a client that says nothing or refuses it ({@code gzip;q=0}). */
    static Coding acceptedBy(RequestHeaders headers) {
        List<Wish> wishes = headers.all("accept-encoding").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(Wish::of)
                .toList();
        return wish(wishes, "gzip")
                        .or(() -> wish(wishes, "x-gzip"))
                        .or(() -> wish(wishes, "*"))
                        .filter(Wish::wanted)
                        .isPresent()
                ? GZIP
                : PLAIN;
    }

    private static Optional<Wish> wish(List<Wish> wishes, String coding) {
        return wishes.stream().filter(wish -> wish.coding().equals(coding)).max(Comparator.comparing(Wish::wanted));
    }

    /** One element of the header. */
    private record Wish(String coding, boolean wanted) {
        private static Wish of(String element) {
            String[] parts = element.split(";");
            boolean refused = Arrays.stream(parts)
                    .skip(1)
                    .map(parameter -> parameter.replaceAll("\\s", "").toLowerCase(Locale.ROOT))
                    .anyMatch(parameter -> parameter.matches("q=0(\\.0*)?"));
            return new Wish(parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT), !refused);
        }
    }
}
