package network.cortensor.portal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Message.Part;
import network.cortensor.portal.completion.Message.Role;
import network.cortensor.portal.completion.Message.ToolCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTokensTest {
    private final PromptTokens tokens = new PromptTokens(new TokenCounter());

    @Test
    void aPromptIsItsText() {
        assertThat(tokens.of(new Input.Prompt("one two three"), Optional.empty()))
                .isEqualTo(3);
    }

    @Test
    void everyTurnPaysForItsFrame() {
        Input chat = new Input.Chat(List.of(Message.of(Role.SYSTEM, "one"), Message.of(Role.USER, "two")));

        assertThat(tokens.of(chat, Optional.empty())).isEqualTo(2 + 2 * 4);
    }

    @Test
    void callsAndDescriptionsOfToolsAreRead() {
        Message calls =
                new Message(Role.ASSISTANT, List.of(), List.of(new ToolCall("id", "one", "two")), Optional.empty());
        Tools tools = new Tools(new JsonText("three four"), Optional.empty(), Tools.Calls.ANY_NUMBER);

        assertThat(tokens.of(new Input.Chat(List.of(calls)), Optional.of(tools)))
                .isEqualTo(2 + 2 + 4);
    }

    /** 40 turns of 10 tokens and their frames: 560 in all. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4, 13, 14, 100, 559, 560, 561, Long.MAX_VALUE})
    void countingStopsWhereItIsTooMuch(long most) {
        Message turn = Message.of(Role.USER, "one two three four five six seven eight nine ten");
        Input chat = new Input.Chat(Collections.nCopies(40, turn));

        long counted = tokens.of(chat, Optional.empty(), most);

        assertThat(counted).isLessThanOrEqualTo(560);
        if (most >= 560) {
            assertThat(counted).isEqualTo(560);
        } else {
            assertThat(counted).isGreaterThan(most);
        }
    }

    @Test
    void anImageIsNotReadAsText() {
        Part image = new Part.Image("data:image/png;base64," + "A".repeat(100_000), Optional.empty());
        Message message = new Message(Role.USER, List.of(image), List.of(), Optional.empty());

        assertThat(tokens.of(new Input.Chat(List.of(message)), Optional.empty()))
                .isEqualTo(256 + 4);
    }
}
