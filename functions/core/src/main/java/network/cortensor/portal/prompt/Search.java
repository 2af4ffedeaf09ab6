package network.cortensor.portal.prompt;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Several texts looked for at once, character by character. What ends first is found first, and of two that end together the longer. */
final class Search {
    private final List<Needle> needles;

    Search(Collection<String> texts) {
        this.needles = texts.stream().distinct().map(Needle::new).toList();
    }

    /** What ends with this character. */
    Optional<String> read(char next) {
        String found = "";
        for (Needle needle : needles) {
            if (needle.read(next) && needle.text().length() > found.length()) {
                found = needle.text();
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /** How many of the last characters may turn out to be the beginning of something looked for. */
    int pending() {
        int pending = 0;
        for (Needle needle : needles) {
            pending = Math.max(pending, needle.pending());
        }
        return pending;
    }

    /** What was read until now is no part of what may be found from now on. */
    void reset() {
        needles.forEach(Needle::reset);
    }
}
