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

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void noTextHasFewerTokensThanItHasAtLeast(int seed) {
        String text = words(seed, 20_000);

        assertThat(counter.atLeast(text))
                .isLessThanOrEqualTo(counter.count(text))
                .isGreaterThan(text.length() / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                " ",
                "a b",
                "//\n//\n//",
                "!\n/\n/a",
                ";\r\n// x\r\n//",
                "\u00a0x\u2003y",
                "({[<\n<\n<",
                "\ud83d \ude00"
            })
    void oddTextsHaveNoFewerTokensEither(String text) {
        String many = text.repeat(50);

        assertThat(counter.atLeast(many)).isLessThanOrEqualTo(counter.count(many));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4})
    void randomCharactersHaveNoFewerTokensThanTheyHaveAtLeast(int seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        String characters = " \n\r\t/\\<>;,.!'_-aAzZ19鳥\u00a0\u2003\u2028\u0085\u0301\u200b\u000b";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(1, 40); left > 0; left--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }

            assertThat(counter.atLeast(text.toString()))
                    .as(text.toString())
                    .isLessThanOrEqualTo(counter.count(text.toString()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void whatIsTooLongIsKnownAfterSoManyTokens(String name, String text) {
        assertThat(counter.count(text, 50)).isGreaterThan(50).isLessThan(50 + 4_097);
        assertThat(counter.atLeast(text)).isLessThanOrEqualTo(text.length());
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
