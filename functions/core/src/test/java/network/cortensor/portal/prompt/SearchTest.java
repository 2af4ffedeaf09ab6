package network.cortensor.portal.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatEndsFirstIsFound(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<String> texts = List.of(word(random, 4), word(random, 3), word(random, 6));
        String haystack = word(random, 40);

        assertThat(firstEnd(texts, haystack)).isEqualTo(firstEndByTrying(texts, haystack));
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @Test
    void textThatRepeatsItselfCostsLinearTime() {
        Search search = new Search(List.of("a".repeat(100_000) + "b"));

        assertTimeout(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 5_000_000; i++) {
                search.read('a');
            }
        });
        assertThat(search.read('b')).isPresent();
    }

    private static int firstEnd(List<String> texts, String haystack) {
        Search search = new Search(texts);
        for (int i = 0; i < haystack.length(); i++) {
            Optional<String> found = search.read(haystack.charAt(i));
            if (found.isPresent()) {
                return (i + 1) * 100 + found.get().length();
            }
        }
        return 0;
    }

    private static int firstEndByTrying(List<String> texts, String haystack) {
        for (int end = 1; end <= haystack.length(); end++) {
            String read = haystack.substring(0, end);
            int longest = texts.stream()
                    .filter(read::endsWith)
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            if (longest > 0) {
                return end * 100 + longest;
            }
        }
        return 0;
    }

    private static String word(RandomGenerator random, int longest) {
        StringBuilder word = new StringBuilder();
        int length = 1 + random.nextInt(longest);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(2)));
        }
        return word.toString();
    }
}
