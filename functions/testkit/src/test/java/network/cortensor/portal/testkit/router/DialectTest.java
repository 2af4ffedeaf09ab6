package network.cortensor.portal.testkit.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DialectTest {

    static Stream<Arguments> conversations() {
        return Stream.of(
                argumentSet(
                        "plain",
                        Dialect.PLAIN,
                        "System: Be kind.\n\nUser: First\n\nAssistant: Yes\n\nUser: Hello there\n\nAssistant:",
                        "Hello there"),
                argumentSet("plain, over two lines", Dialect.PLAIN, "User: Hello\nthere\nAssistant:", "Hello\nthere"),
                argumentSet("no conversation", Dialect.PLAIN, "Once upon a time", "Once upon a time"),
                argumentSet("a colon is no role", Dialect.PLAIN, "Note: the user: a man", "Note: the user: a man"),
                argumentSet("chatml", Dialect.CHATML, """
                        <|im_start|>system
                        Be kind.<|im_end|>
                        <|im_start|>user
                        First<|im_end|>
                        <|im_start|>assistant
                        Yes<|im_end|>
                        <|im_start|>user
                        Hello there<|im_end|>
                        <|im_start|>assistant
                        """, "Hello there"),
                argumentSet("gemma", Dialect.GEMMA, """
                        <bos><start_of_turn>user
                        Hello there<end_of_turn>
                        <start_of_turn>model
                        """, "Hello there"),
                argumentSet("gemma of the fourth generation", Dialect.GEMMA_4, """
                        <bos><|turn>system
                        Be kind.<turn|>
                        <|turn>user
                        Hello there<turn|>
                        <|turn>model
                        """, "Hello there"),
                argumentSet(
                        "harmony",
                        Dialect.HARMONY,
                        "<|start|>system<|message|>Be kind.<|end|><|start|>user<|message|>First<|end|>"
                                + "<|start|>assistant<|channel|>final<|message|>Yes<|end|>"
                                + "<|start|>user<|message|>Hello there<|end|><|start|>assistant",
                        "Hello there"),
                argumentSet(
                        "a foreign mark inside a message",
                        Dialect.GEMMA,
                        "<start_of_turn>user\nWhat is <|im_start|>user\n?<end_of_turn>\n<start_of_turn>model\n",
                        "What is <|im_start|>user\n?"),
                argumentSet(
                        "a system's turn alone",
                        Dialect.CHATML,
                        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>assistant\n",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void theLastUserTurnIsRecognised(Dialect dialect, String prompt, String turn) {
        assertThat(Dialect.of(prompt)).isEqualTo(dialect);
        assertThat(dialect.lastUserTurn(prompt).strip()).isEqualTo(turn);
    }

    static Stream<Arguments> speeches() {
        return Stream.of(
                argumentSet("plain", "Hi there", 0, 0, "| Hi| there|</s>"),
                argumentSet("plain, cut by max_tokens", "Hi there you", 2, 0, "| Hi| there"),
                argumentSet("nothing was said", "  ", 0, 0, "| Nothing| was| said.|</s>"),
                argumentSet(
                        "chatml that thinks",
                        "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n",
                        0,
                        2,
                        "|<think>\n| The| user|</think>\n\n| Hi|<|im_end|>"),
                argumentSet(
                        "chatml whose template began the thinking",
                        "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n<think>\n",
                        0,
                        1,
                        "| The|</think>\n\n| Hi|<|im_end|>"),
                argumentSet(
                        "harmony",
                        "<|start|>user<|message|>Hi<|end|><|start|>assistant",
                        0,
                        0,
                        "|<|channel|>final<|message|>| Hi|<|return|>"),
                argumentSet(
                        "harmony that thinks",
                        "<|start|>user<|message|>Hi<|end|><|start|>assistant",
                        0,
                        1,
                        "|<|channel|>analysis<|message|>| The|<|end|><|start|>assistant|<|channel|>final<|message|>| Hi|<|return|>"),
                argumentSet(
                        "a reasoning model that max_tokens leaves no answer",
                        "<|start|>user<|message|>Hi<|end|><|start|>assistant",
                        2,
                        5,
                        "|<|channel|>analysis<|message|>| The"));
    }

    @ParameterizedTest
    @MethodSource("speeches")
    void eachFamilyAnswersInItsOwnMarks(String prompt, int maxTokens, int reasoningTokens, String tokens) {
        assertThat(RouterSpeech.to(prompt, maxTokens, reasoningTokens).stream()
                        .map(token -> "|" + token.text())
                        .collect(Collectors.joining()))
                .isEqualTo(tokens);
    }
}
