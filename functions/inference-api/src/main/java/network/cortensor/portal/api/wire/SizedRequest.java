package network.cortensor.portal.api.wire;

import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.tokens.TokenCounter;

/**
 * A request as one model is asked it.
 *
 * @param promptTokens as they were counted here, by the model's own template and vocabulary as far as they are known
 * @param contextLength of the model
 * @param counter of the model's vocabulary
 */
public record SizedRequest(CompletionRequest request, long promptTokens, long contextLength, TokenCounter counter) {
    /** @param counter of any vocabulary */
    public static SizedRequest of(
            CompletionRequest request, long promptTokens, ModelAlias model, TokenCounter counter) {
        return new SizedRequest(request, promptTokens, model.contextLength(), counter.of(model.promptFormat()));
    }

    /** The same with another bound on the answer. */
    public SizedRequest within(long longest) {
        return new SizedRequest(request.withMaxTokens(Math.toIntExact(longest)), promptTokens, contextLength, counter);
    }

    /** Whether tokens that are counted here are the model's own. */
    boolean exact() {
        return TokenCounter.exact(request.promptFormat());
    }
}
