package network.cortensor.portal.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCounterTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final Encoding REFERENCE =
            Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    private final TokenCounter counter = new TokenCounter();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"'', 0", "hi, 1", "Which bird cannot fly?, 5", "Grüße, 3", "🐦, 2"})
    void knownTextsHaveKnownCounts(String text, long tokens) {
        assertThat(counter.count(text)).isEqualTo(tokens);
    }

    @Test
    void specialTokensAreOrdinaryText() {
        assertThat(counter.count("<|endoftext|>")).isGreaterThan(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void windowsDoNotChangeTheCountOfText(int seed) {
        String text = words(seed, 60_000);

        assertThat(counter.count(text)).isEqualTo(REFERENCE.countTokensOrdinary(text));
    }

    private static String words(int seed, int length) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        String[] words = {
            "bird", "Der", "Vögel", "x", "42", "can't", "(see", "it).", "鳥は", "飛ぶ", "слово", "être", "🐦", "\n\n", "\t",
            "  ", "a/b", "E=mc²", "--"
        };
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(words[random.nextInt(words.length)]).append(random.nextInt(5) == 0 ? "" : " ");
        }
        return text.toString();
    }

    static Stream<Arguments> hostile() {
        StringBuilder letters = new StringBuilder();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        while (letters.length() < MEBIBYTE) {
            letters.append((char) random.nextInt('a', 'z' + 1));
        }
        return Stream.of(
                Arguments.of("one letter", "a".repeat(MEBIBYTE)),
                Arguments.of("random letters", letters.toString()),
                Arguments.of("blanks", " ".repeat(MEBIBYTE)),
                Arguments.of("line breaks", "\n".repeat(MEBIBYTE)),
                Arguments.of("slashes", "/".repeat(MEBIBYTE)),
                Arguments.of("blanks and tabs", " \t".repeat(MEBIBYTE / 2)),
                Arguments.of("emoji", "😀".repeat(MEBIBYTE / 4)),
                Arguments.of("accents", "\u0301".repeat(MEBIBYTE / 2)),
                Arguments.of("characters", "鳥".repeat(MEBIBYTE / 3)),
                Arguments.of("special tokens", "<|im_start|>".repeat(MEBIBYTE / 12)),
                Arguments.of("sentences", "The bird is blue. ".repeat(MEBIBYTE / 18)));
    }

    /** The bound is that of a shared build machine; alone each takes less than a second. Uncut, letters alone take eight. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    @Timeout(20)
    void aMebibyteOfAnythingIsCountedInABoundedTime(String name, String text) {
        assertThat(counter.count(text)).isPositive();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void windowsErrLittleWhereNoWordBegins(String name, String text) {
        String part = text.substring(0, 20_000);
        long exact = REFERENCE.countTokensOrdinary(part);

        assertThat(counter.count(part)).isCloseTo(exact, within(20_000L / 256));
    }

    @Test
    void noPairIsCutInHalf() {
        String odd = "x" + "😀".repeat(5_000);

        assertThat(counter.count(odd)).isCloseTo(REFERENCE.countTokensOrdinary(odd), within(10_000L / 256));
    }
}
