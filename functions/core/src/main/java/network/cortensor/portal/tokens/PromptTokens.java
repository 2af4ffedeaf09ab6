package network.cortensor.portal.tokens;

import java.util.Optional;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Message;

/**
 * The size of what a model is given. The model's own template is not rendered for it: each turn is charged with what the templates of
 * the served families spend on its frame, so the number may be off by a few tokens per turn.
 */
public record PromptTokens(TokenCounter counter) {
    /** Role, separators and end mark of a turn: 3 to 5 tokens in the chatml, gemma and harmony formats. */
    private static final int FRAME = 4;

    /** What the Gemma family spends on one image; servers that take images report their own numbers. */
    private static final int IMAGE = 256;

    public long of(Input input, Optional<Tools> tools) {
        long described =
                tools.map(given -> counter.count(given.definitions().text())).orElse(0L);
        return described
                + switch (input) {
                    case Input.Prompt prompt -> counter.count(prompt.text());
                    case Input.Chat chat ->
                        chat.messages().stream().mapToLong(this::of).sum();
                };
    }

    private long of(Message message) {
        long content = message.content().stream().mapToLong(this::of).sum();
        long calls = message.toolCalls().stream()
                .mapToLong(call -> counter.count(call.name()) + counter.count(call.arguments()))
                .sum();
        return FRAME + content + calls;
    }

    private long of(Message.Part part) {
        return switch (part) {
            case Message.Part.Text text -> counter.count(text.text());
            case Message.Part.Image ignored -> IMAGE;
        };
    }
}
