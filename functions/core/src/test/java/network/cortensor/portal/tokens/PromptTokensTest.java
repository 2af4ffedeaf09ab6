package network.cortensor.portal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Message.Part;
import network.cortensor.portal.completion.Message.Role;
import network.cortensor.portal.completion.Message.ToolCall;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.model.PromptFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole conversations for gpt-oss are held to openai-harmony in {@code ConformanceTest}. */
class PromptTokensTest {
    private final PromptTokens tokens = new PromptTokens(new TokenCounter());

    @ParameterizedTest
    @CsvSource({"HARMONY, 3", "PLAIN, 3", "QWEN3_5, 3"})
    void aBarePromptIsItsText(PromptFormat format, long size) {
        assertThat(tokens.of(request(format, new Input.Prompt("one two three"))))
                .isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"HARMONY, 68", "QWEN3, 9", "QWEN3_5, 11", "GEMMA3, 10", "GEMMA4, 14", "GEMMA4_SMALL, 10", "PLAIN, 6"})
    void hiCostsWhatItsTemplateCosts(PromptFormat format, long size) {
        assertThat(tokens.of(request(format, new Input.Chat(List.of(Message.of(Role.USER, "Hi"))))))
                .isEqualTo(size);
    }

    @Test
    void callsAndDescriptionsOfToolsAreCountedWhereTheFormatHasNoWordsForThem() {
        Message calls =
                new Message(Role.ASSISTANT, List.of(), List.of(new ToolCall("id", "one", "two")), Optional.empty());
        Tools tools = new Tools(new JsonText("three four"), Optional.empty(), Tools.Calls.ANY_NUMBER);
        CompletionRequest request = new CompletionRequest(
                new Input.Chat(List.of(calls)),
                PromptFormat.PLAIN,
                1,
                Sampling.DEFAULT,
                List.of(),
                Optional.of(tools),
                Optional.empty());

        assertThat(tokens.of(request)).isEqualTo(2 + 2 + 4);
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void whatIsTooLongIsKnownToBeSoAndNotSaidToBeLongerThanItIs(long most) {
        CompletionRequest request =
                request(PromptFormat.HARMONY, new Input.Chat(List.of(Message.of(Role.USER, "word ".repeat(5_000)))));
        long size = tokens.of(request);
        long counted = tokens.of(request, most);

        if (size <= most) {
            assertThat(counted).isEqualTo(size);
        } else {
            assertThat(counted).isBetween(most + 1, size);
        }
    }

    static LongStream bounds() {
        return LongStream.of(0, 1, 100, 4_999, 5_068, 10_000, Long.MAX_VALUE);
    }

    @Test
    void anImageIsNotReadAsText() {
        Part image = new Part.Image("data:image/png;base64," + "A".repeat(100_000), Optional.empty());
        Message message = new Message(Role.USER, List.of(image), List.of(), Optional.empty());

        assertThat(tokens.of(request(PromptFormat.GEMMA4, new Input.Chat(List.of(message)))))
                .isEqualTo(256 + 4);
    }

    private static CompletionRequest request(PromptFormat format, Input input) {
        return new CompletionRequest(input, format, 1, Sampling.DEFAULT, List.of(), Optional.empty(), Optional.empty());
    }
}
