package network.cortensor.portal.tokens;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.prompt.Prompt;

/**
 * The size of what a model is given: that of the prompt as the model's own template writes it, marks and frames counted, which for gpt-oss
 * is the model's own count. Where there is no such prompt, because it holds images or tools that the format has no words for, each turn is
 * charged with what templates spend on its frame, so that the number may be off by a few tokens per turn.
 */
public record PromptTokens(TokenCounter counter) {
    /** Role, separators and end mark of a turn: 3 to 5 tokens in the chatml, gemma and harmony formats. */
    private static final int FRAME = 4;

    /** What the Gemma family spends on one image; servers that take images report their own numbers. */
    private static final int IMAGE = 256;

    /** Any day: dates have the same number of tokens. */
    private static final LocalDate SOME_DAY = LocalDate.EPOCH;

    public long of(CompletionRequest request) {
        return of(request, Long.MAX_VALUE);
    }

    /**
     * The size as far as it matters: what is too long costs no more than what is just too long, and a text of far too many words next to nothing.
     *
     * @return the size if it is at most {@code most}; otherwise a number above {@code most} and not above the size
     */
    public long of(CompletionRequest request, long most) {
        long least = walk(request.input(), request.tools(), counter::atLeast);
        if (least > most) {
            return least;
        }
        if (rendered(request)) {
            String prompt = Prompt.of(request, RawText.USUAL, SOME_DAY).text();
            return TokenCounter.countMarked(request.promptFormat(), prompt, most) + unwritten(request.promptFormat());
        }
        TokenCounter own = counter.of(request.promptFormat());
        return walk(request.input(), request.tools(), new Bounded(own, most)::count);
    }

    private static boolean rendered(CompletionRequest request) {
        boolean tools = request.tools().isPresent() || request.input().hasToolTurns();
        boolean wordsForTools = Feature.TOOLS
                .in(request.promptFormat())
                .filter(Feature.TOOLS::equals)
                .isEmpty();
        return !request.input().hasImages() && (!tools || wordsForTools);
    }

    /** The token that begins a text, which servers write and prompts do not. */
    private static int unwritten(PromptFormat format) {
        return switch (format) {
            case GEMMA3, GEMMA4, GEMMA4_SMALL -> 1;
            case PLAIN, QWEN3, QWEN3_5, QWEN3_5_SMALL, HARMONY -> 0;
        };
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
