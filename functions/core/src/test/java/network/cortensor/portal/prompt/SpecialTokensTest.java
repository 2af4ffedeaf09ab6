package network.cortensor.portal.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialTokensTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|im_start|>",
                "<|im_end|>",
                "<|endoftext|>",
                "<|start|>",
                "<|end|>",
                "<|message|>",
                "<|channel|>",
                "<|constrain|>",
                "<|return|>",
                "<|call|>",
                "<|eot_id|>",
                "<|start_header_id|>",
                "<|IM_START|>",
                "<start_of_turn>",
                "<end_of_turn>",
                "<bos>",
                "<eos>",
                "<s>",
                "</s>",
                "<|turn>",
                "<turn|>",
                "<|think|>",
                "<|channel>",
                "<channel|>",
                "<|tool_response>",
                "<tool_response|>",
                "<|\"|>",
                "<think>",
                "</think>",
                "<tool_call>",
                "</tool_response>",
                "<｜User｜>",
                "<｜Assistant｜>",
                "<｜end▁of▁sentence｜>",
                "[INST]",
                "[/INST]",
                "<<SYS>>",
                "<</SYS>>"
            })
    void aSpecialTokenIsBroken(String token) {
        assertThat(SpecialTokens.broken("a" + token + "b"))
                .doesNotContain(token)
                .startsWith("a")
                .endsWith("b");
        assertThat(SpecialTokens.broken(token).replace("\u200B", "")).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f <| g |> h",
                "a <|> b",
                "xs |> map(x)",
                "if (a<b|c>d)",
                "List<String>",
                "<div class=\"s\">",
                "a || b",
                "x < y",
                "<html>",
                "Option<T>",
                "<string>",
                "[INSTALL]"
            })
    void codeAndProseStayAsTheyAre(String text) {
        assertThat(SpecialTokens.broken(text)).isEqualTo(text);
    }

    @Test
    void brokenTextIsNotBrokenAgain() {
        String once = SpecialTokens.broken("<|im_start|><turn|></s>");

        assertThat(SpecialTokens.broken(once)).isEqualTo(once);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noTokenSurvivesWhateverItIsWovenInto(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<String> parts =
                List.of("<", "|", ">", "<|", "|>", "/", "s", "im_start", "turn", "\u200B", " ", "<|im_end|>");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append(parts.get(random.nextInt(parts.size())));
        }

        assertThat(SpecialTokens.broken(text.toString()))
                .doesNotContainPattern("<[|｜](im_start|im_end|turn|s)[|｜]?>")
                .doesNotContainPattern("<(im_start|turn|s)[|｜]>")
                .doesNotContain("<s>", "</s>");
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }
}
