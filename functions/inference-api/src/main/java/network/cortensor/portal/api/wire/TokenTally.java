package network.cortensor.portal.api.wire;

import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.Usage;

/**
 * Counts the tokens of one answer over what was delivered, because routers count words; only where a model's own server reports usage,
 * that is taken. Used by one thread.
 */
public final class TokenTally {
    private SizedRequest asked;
    private final Collected delivered = new Collected();
    private Optional<Usage> settled = Optional.empty();
    private boolean begun;
    private boolean said;
    private boolean reported;
    private boolean doubted;

    /** @param asked of the model that is to answer, as far as is known */
    public TokenTally(SizedRequest asked) {
        this.asked = asked;
    }

    /** What comes now answers this. Nothing of an answer to anything else was delivered. */
    public void answering(SizedRequest other) {
        asked = other;
    }

    /** What the model was asked that answers. */
    SizedRequest asked() {
        return asked;
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
        return asked.promptTokens();
    }

    /** Whether tokens that are counted here are the model's own. */
    public boolean exact() {
        return asked.exact();
    }

    /** How many of the answer's tokens are reasoning. */
    public long reasoningTokens() {
        return Math.min(asked.counter().count(delivered.reasoning()), usage().completionTokens());
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

    /** In the model's raw text, if that is known, because the model also writes marks. */
    private Usage counted(CompletionEvent.End end) {
        return end.written().isPresent()
                ? new Usage(promptTokens(), end.written().getAsLong())
                : counted();
    }

    private Usage counted() {
        long calls = delivered.toolCalls().stream()
                .mapToLong(call ->
                        asked.counter().count(call.name()) + asked.counter().count(call.arguments()))
                .sum();
        return new Usage(
                promptTokens(),
                asked.counter().count(delivered.reasoning()) + asked.counter().count(delivered.text()) + calls);
    }
}
