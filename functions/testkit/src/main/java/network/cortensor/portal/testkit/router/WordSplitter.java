package network.cortensor.portal.testkit.router;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Splits texts into words, which is what answers are made of and what a router's usage counts. */
final class WordSplitter {
    private static final List<String> THOUGHTS =
            List.of("The", "user", "said", "something", "and", "will", "hear", "it", "again.");

    private WordSplitter() {}

    static List<String> of(String text) {
        return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }

    static int count(String text) {
        return of(text).size();
    }

    /** The words that a model says to {@code text}: the same, or something where there is nothing to repeat. */
    static List<String> answerTo(String text) {
        List<String> words = of(text);
        return words.isEmpty() ? List.of("Nothing", "was", "said.") : words;
    }

    /** As many words of thinking aloud. */
    static List<String> thoughts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> THOUGHTS.get(i % THOUGHTS.size()))
                .toList();
    }
}
