package network.cortensor.portal.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarksTest {
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
        assertThat(Marks.ANY.broken("a" + token + "b"))
                .doesNotContain(token)
                .startsWith("a")
                .endsWith("b");
        assertThat(Marks.ANY.broken(token).replace("\u200B", "")).isEqualTo(token);
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
        assertThat(Marks.ANY.broken(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("families")
    void onlyTheFormatsOwnTokensAreBroken(Marks marks, List<String> own, List<String> foreign) {
        for (String token : own) {
            assertThat(marks.broken("a" + token + "b"))
                    .isEqualTo("a" + token.charAt(0) + "\u200B" + token.substring(1) + "b");
        }
        for (String token : foreign) {
            assertThat(marks.broken(token)).isEqualTo(token);
        }
    }

    static Stream<Arguments> families() {
        List<String> older = List.of("<s>", "</s>", "[INST]", "<<SYS>>", "<|eot_id|>");
        List<String> harmony = List.of("<|start|>", "<|end|>", "<|return|>", "<|reserved_200017|>", "<|constrain|>");
        List<String> qwen = List.of("<|im_start|>", "</think>", "<tool_call>", "<|vision_pad|>", "<|fim_middle|>");
        List<String> gemma3 = List.of("<start_of_turn>", "<end_of_turn>", "<start_of_image>");
        List<String> gemma4 = List.of("<|turn>", "<turn|>", "<|channel>", "<|\"|>", "<|tool_call>", "<|think|>");
        return Stream.of(
                Arguments.of(Marks.HARMONY, harmony, concat(older, qwen, gemma3, gemma4, List.of("<pad>", "<mask>"))),
                Arguments.of(Marks.QWEN, qwen, concat(older, harmony, gemma3, gemma4, List.of("<pad>", "<mask>"))),
                Arguments.of(Marks.GEMMA3, gemma3, concat(older, harmony, qwen, gemma4)),
                Arguments.of(Marks.GEMMA4, gemma4, concat(older, harmony, qwen, gemma3)));
    }

    private static List<String> concat(List<String> first, List<?>... others) {
        return Stream.concat(
                        first.stream(),
                        Stream.of(others).flatMap(other -> other.stream().map(String::valueOf)))
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatWasBrokenIsMendedHoweverItIsCut(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<String> parts = List.of(
                "<",
                "|",
                ">",
                "im_start",
                "<|im_end|>",
                "<|turn>",
                "<s>",
                "[INST]",
                "\u200B",
                "<\u200B|im_start|>",
                "\n",
                "System: ",
                "user",
                ":",
                "<|call|>",
                "a",
                "</think>",
                "<bos>",
                " ");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        for (Marks marks : List.of(Marks.ANY, Marks.HARMONY, Marks.QWEN, Marks.GEMMA3, Marks.GEMMA4)) {
            String broken = marks.broken(text.toString());
            Mending mending = new Mending(marks);
            StringBuilder mended = new StringBuilder();
            for (int from = 0; from < broken.length(); ) {
                int to = Math.min(broken.length(), from + 1 + random.nextInt(4));
                mended.append(mending.read(broken.substring(from, to)));
                from = to;
            }

            assertThat(mended.append(mending.rest()).toString()).isEqualTo(text.toString());
        }
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

        assertThat(Marks.ANY.broken(text.toString()))
                .doesNotContainPattern("<[|｜](im_start|im_end|turn|s)[|｜]?>")
                .doesNotContainPattern("<(im_start|turn|s)[|｜]>")
                .doesNotContain("<s>", "</s>");
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }
}
