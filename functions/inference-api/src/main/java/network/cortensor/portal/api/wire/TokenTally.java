package network.cortensor.portal.api.wire;

import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.tokens.TokenCounter;

/**
 * Counts the tokens of one answer over what was delivered, because routers count words; only where a model's own server reports usage,
 * that is taken. Used by one thread.
 */
public final class TokenTally {
    private final TokenCounter counter;
    private final long promptTokens;
    private final long contextLength;
    private final Collected delivered = new Collected();
    private Optional<Usage> settled = Optional.empty();
    private boolean begun;
    private boolean said;
    private boolean reported;
    private boolean doubted;

    /**
     * @param promptTokens as they were counted here
     * @param contextLength of the model
     */
    public TokenTally(TokenCounter counter, long promptTokens, long contextLength) {
        this.counter = counter;
        this.promptTokens = promptTokens;
        this.contextLength = contextLength;
    }

    public void add(CompletionEvent event) {
        begun = true;
        switch (event) {
            case CompletionEvent.Content content -> {
                said = true;
                delivered.add(content);
            }
            case CompletionEvent.End end -> {
                reported = end.usage().isPresent();
                settled = Optional.of(end.usage().orElseGet(() -> counted(end)));
            }
        }
    }

    /** Tokens so far. */
    public Usage usage() {
        return settled.orElseGet(this::counted);
    }

    /** Whether any of the answer was delivered, or its end. */
    public boolean delivered() {
        return begun;
    }

    /** Whether the tokens are what the model's own server says. */
    public boolean reported() {
        return reported;
    }

    public long promptTokens() {
        return promptTokens;
    }

    /** How many of the answer's tokens are reasoning. */
    public long reasoningTokens() {
        return Math.min(counter.count(delivered.reasoning()), usage().completionTokens());
    }

    long contextLength() {
        return contextLength;
    }

    /** Whether any of the answer itself was delivered. */
    boolean said() {
        return said;
    }

    /** The server has reported what cannot be true. */
    void doubt() {
        doubted = true;
    }

    /** Whether the model's own server has reported what cannot be true, so that the tokens were counted here. */
    public boolean doubted() {
        return doubted;
    }

    /** In the model's raw text, if that is known, for it also writes marks. */
    private Usage counted(CompletionEvent.End end) {
        return end.written().isPresent() ? new Usage(promptTokens, end.written().getAsLong()) : counted();
    }

    private Usage counted() {
        long calls = delivered.toolCalls().stream()
                .mapToLong(call -> counter.count(call.name()) + counter.count(call.arguments()))
                .sum();
        return new Usage(promptTokens, counter.count(delivered.reasoning()) + counter.count(delivered.text()) + calls);
    }
}
