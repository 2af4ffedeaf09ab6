package network.cortensor.portal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts are those of JTokkit, which reads the same vocabulary in its own way. */
class BytePairsTest {
    private static final Encoding REFERENCE =
            Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private static final BytePairs PAIRS = new BytePairs(Vocabulary.o200k());

    /** Letters of many scripts, signs, digits, blanks, marks that stand on letters, halves of pairs. */
    private static final int[] CHARACTERS = IntStream.rangeClosed(0, 0x17f).toArray();

    private static final int[] STARTS = {
        0x0300, 0x0370, 0x0400, 0x0590, 0x0620, 0x0900, 0x0e00, 0x10a0, 0x1100, 0x1e00, 0x2000, 0x2190, 0x3000, 0x3040,
        0x4e00, 0xac00, 0xd800, 0xdc00, 0xfe00, 0xff00, 0x1d400, 0x1f300, 0x1f600, 0x20000
    };

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyCharacters(long seed) {
        RandomGenerator random = random(seed);
        for (int text = 0; text < 200; text++) {
            counted(text(random, 1 + random.nextInt(60), random.nextInt(3)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void longWords(long seed) {
        RandomGenerator random = random(seed);
        int letters = 1 + random.nextInt(26);
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(2_000); length >= 0; length--) {
            text.append((char) ('a' + random.nextInt(letters)));
        }

        counted(text.toString());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void textAsPeopleAndProgramsWriteIt(long seed) {
        String[] words = {
            "the",
            "The",
            "THE",
            "lighthouse",
            "don't",
            "DON'T",
            "we'LL",
            "O'Neill",
            "Straße",
            "naïve",
            "東京タワー",
            "привет",
            "مرحبا",
            "नमस्ते",
            "한국어",
            "🙂",
            "👩‍👩‍👧",
            "3.14159",
            "1234567",
            "²³",
            "Ⅷ",
            "e\u0301",
            "camelCaseWord",
            "snake_case",
            "HTTPServer2",
            "{\"a\": [1, 2]}",
            "//",
            "/*",
            "\n",
            "\r\n",
            "\n\n\n",
            "\t",
            "   ",
            "\u00a0",
            "\u2003",
            "\u3000",
            "://",
            "<|end|>",
            "()",
            ";\n",
            "'s",
            "''",
            "!?",
            "…",
            "$\\alpha$"
        };
        RandomGenerator random = random(seed);
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < 1_000; word++) {
            text.append(words[random.nextInt(words.length)]).append(random.nextInt(3) == 0 ? "" : " ");
        }

        counted(text.toString());
    }

    @Test
    void runsOfOneCharacter() {
        for (String each : new String[] {
            "a", "A", " ", "\n", "\r\n", "\t", "/", "-", "=", "0", "é", "鳥", "🙂", "\u0301", " \n", "ab"
        }) {
            for (int times = 0; times < 300; times++) {
                counted(each.repeat(times));
            }
        }
    }

    @Test
    void everyTokenIsOne() {
        Vocabulary vocabulary = Vocabulary.o200k();
        for (int rank = 0; rank < 199_998; rank += 7) {
            byte[] token = REFERENCE.decodeBytes(list(rank));

            assertThat(vocabulary.rank(token, 0, token.length)).isEqualTo(rank);
        }
    }

    private static IntArrayList list(int token) {
        IntArrayList list = new IntArrayList(1);
        list.add(token);
        return list;
    }

    private static void counted(String text) {
        assertThat(PAIRS.count(text)).as(text).isEqualTo(REFERENCE.countTokensOrdinary(text));
    }

    private static String text(RandomGenerator random, int length, int kind) {
        int start = STARTS[random.nextInt(STARTS.length)];
        StringBuilder text = new StringBuilder();
        for (int left = length; left > 0; left--) {
            text.appendCodePoint(
                    switch (kind) {
                        case 0 -> CHARACTERS[random.nextInt(CHARACTERS.length)];
                        case 1 -> start + random.nextInt(0x70);
                        default -> STARTS[random.nextInt(STARTS.length)] + random.nextInt(0x30);
                    });
        }
        return text.toString();
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
