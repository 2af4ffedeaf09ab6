package network.cortensor.portal.tokens;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
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
        return walk(input, tools, counter::count);
    }

    /**
     * The size as far as it matters: what is too long costs no more than what is just too long, and a text of far too many words next to nothing.
     *
     * @return the size if it is at most {@code most}; else a number above {@code most} and not above the size
     */
    public long of(Input input, Optional<Tools> tools, long most) {
        long least = walk(input, tools, counter::atLeast);
        return least > most ? least : walk(input, tools, new Bounded(counter, most)::count);
    }

    /** Counts texts one after another until there are too many tokens. Used by one thread. */
    private static final class Bounded {
        private final TokenCounter counter;
        private long left;

        private Bounded(TokenCounter counter, long most) {
            this.counter = counter;
            this.left = most;
        }

        private long count(String text) {
            if (left < 0) {
                return 0;
            }
            long tokens = counter.count(text, left);
            left -= tokens;
            return tokens;
        }
    }

    private static long walk(Input input, Optional<Tools> tools, ToLongFunction<String> size) {
        long described =
                tools.map(given -> size.applyAsLong(given.definitions().text())).orElse(0L);
        return described
                + switch (input) {
                    case Input.Prompt prompt -> size.applyAsLong(prompt.text());
                    case Input.Chat chat -> of(chat.messages(), size);
                };
    }

    /** Templates show the model its reasoning since the user last spoke, and drop what is older. */
    private static long of(List<Message> messages, ToLongFunction<String> size) {
        long tokens = 0;
        boolean answered = false;
        for (Message message : messages.reversed()) {
            tokens += of(message, size) + (answered ? 0 : size.applyAsLong(message.reasoning()));
            answered |= message.role() == Message.Role.USER;
        }
        return tokens;
    }

    private static long of(Message message, ToLongFunction<String> size) {
        long content =
                message.content().stream().mapToLong(part -> of(part, size)).sum();
        long calls = message.toolCalls().stream()
                .mapToLong(call -> size.applyAsLong(call.name()) + size.applyAsLong(call.arguments()))
                .sum();
        return FRAME + content + calls;
    }

    private static long of(Message.Part part, ToLongFunction<String> size) {
        return switch (part) {
            case Message.Part.Text text -> size.applyAsLong(text.text());
            case Message.Part.Image ignored -> IMAGE;
            case Message.Part.Reasoning ignored -> 0;
        };
    }
}
