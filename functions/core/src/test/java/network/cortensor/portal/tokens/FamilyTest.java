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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Estimates against the real vocabularies of Qwen 3 and Gemma 3, over the kinds of text in {@code src/test/conformance/tokens.json}. */
class FamilyTest {
    private static final Path KINDS = Path.of("src", "test", "conformance", "tokens.json");
    private static final Map<String, PromptFormat> VOCABULARIES =
            Map.of("qwen3", PromptFormat.QWEN3, "gemma3", PromptFormat.GEMMA3);

    @ParameterizedTest
    @MethodSource("kinds")
    void anEstimateIsWithinEightPercent(PromptFormat format, String text, long real) {
        double share = (double) new TokenCounter().of(format).count(text) / real;

        assertThat(share).isBetween(1 - TokenCounter.ERROR, 1 + TokenCounter.ERROR);
    }

    static Stream<Arguments> kinds() throws IOException {
        JsonNode kinds = new ObjectMapper().readTree(KINDS.toFile());
        return VOCABULARIES.entrySet().stream()
                .flatMap(vocabulary -> StreamSupport.stream(kinds.spliterator(), false)
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
}
