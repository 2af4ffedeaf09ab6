package network.cortensor.portal.prompt;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Several texts looked for at once, character by character. What ends first is found first, and of two that end together the longer. */
final class Search {
    private final List<Needle> needles;
    private final Set<Character> firsts;
    private boolean idle = true;

    Search(Collection<String> texts) {
        this.needles = texts.stream().distinct().map(Needle::new).toList();
        this.firsts = texts.stream().map(text -> text.charAt(0)).collect(Collectors.toSet());
    }

    /** What ends with this character. */
    Optional<String> read(char next) {
        if (idle && !firsts.contains(next)) {
            return Optional.empty();
        }
        String found = "";
        for (Needle needle : needles) {
            if (needle.read(next) && needle.text().length() > found.length()) {
                found = needle.text();
            }
        }
        idle = pending() == 0;
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
        idle = true;
    }
}
