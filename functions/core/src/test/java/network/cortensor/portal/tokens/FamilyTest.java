package network.cortensor.portal.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import network.cortensor.portal.model.PromptFormat;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Estimates against the real vocabularies of Qwen 3, Qwen 3.5 and Gemma 3, over the kinds of text in {@code src/test/conformance/tokens.json}. */
class FamilyTest {
    private static final Path KINDS = Path.of("src", "test", "conformance", "tokens.json");
    private static final Map<String, PromptFormat> VOCABULARIES =
            Map.of("qwen3", PromptFormat.QWEN3, "qwen3.5", PromptFormat.QWEN3_5, "gemma3", PromptFormat.GEMMA3);

    /** Languages that share letters share a number, which is never too low and so may be too high. */
    private static final double MOST_TOO_HIGH = 1.25;

    private static final double LEAST = 0.9;

    @ParameterizedTest
    @MethodSource("kinds")
    void anEstimateIsWithinEightPercent(PromptFormat format, String text, long real) {
        assertThat(share(format, text, real)).isBetween(1 - TokenCounter.ERROR, 1 + TokenCounter.ERROR);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void noLanguageIsEstimatedFarTooLow(PromptFormat format, String text, long real) {
        assertThat(share(format, text, real)).isBetween(LEAST, MOST_TOO_HIGH);
    }

    private static double share(PromptFormat format, String text, long real) {
        return (double) new TokenCounter().of(format).count(text) / real;
    }

    static Stream<Arguments> kinds() throws IOException {
        return rows(false);
    }

    static Stream<Arguments> languages() throws IOException {
        return rows(true);
    }

    private static Stream<Arguments> rows(boolean languages) throws IOException {
        JsonNode kinds = new ObjectMapper().readTree(KINDS.toFile());
        return VOCABULARIES.entrySet().stream()
                .flatMap(vocabulary -> StreamSupport.stream(kinds.spliterator(), false)
                        .filter(kind -> kind.has("language") == languages)
                        .map(kind -> argumentSet(
                                vocabulary.getKey() + ": " + kind.path("kind").asText(),
                                vocabulary.getValue(),
                                kind.path("text").asText(),
                                kind.path(vocabulary.getKey()).asLong())));
    }

    /** What facts about Qwen 3.5's own vocabulary say: each digit is a token, so JSON and numbers are what o200k makes of them and more. */
    @ParameterizedTest
    @MethodSource("digits")
    void everyDigitIsATokenForQwenAndGemma(String number, long tokens) {
        for (PromptFormat format : List.of(PromptFormat.QWEN3, PromptFormat.QWEN3_5, PromptFormat.GEMMA4)) {
            assertThat(new TokenCounter().of(format).count(number))
                    .as(format.word())
                    .isEqualTo(tokens);
        }
    }

    static Stream<Arguments> digits() {
        return Stream.of(
                Arguments.of("7", 1), Arguments.of("2026", 4), Arguments.of("1234567", 7), Arguments.of("3.14", 4));
    }

    /** Corrections are looked for in each text, however it is made to be hard to look through. Bounded as on a shared build machine. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a ", "é ", "A a ", "a", "’", "鳥 か", "слово ", "ىx", "สวัสดี", "\u0301", "a._(", "1 a ", "ё\u200d"
            })
    @Timeout(20)
    void muchOfAnythingIsCountedInABoundedTime(String part) {
        String text = part.repeat((1 << 17) / part.length());

        assertThat(new TokenCounter().of(PromptFormat.QWEN3).count(text)).isPositive();
    }
}
