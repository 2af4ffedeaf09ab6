package network.cortensor.portal.api;

import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.tokens.PromptTokens;

/**
 * A draft whose prompt is counted when it is first asked for, and as far as it matters: one beyond the model's context, or beyond what the limits leave, is
 * refused, and should not cost the more the longer it is. Whatever models are tried, nothing is counted twice. Used by one thread.
 */
final class SizedDraft {
    private final PromptTokens tokens;
    private final Draft draft;
    private final long tokensLeft;
    private long counted = -1;
    private boolean exact;

    /** @param tokensLeft what the limits leave at most */
    SizedDraft(PromptTokens tokens, Draft draft, long tokensLeft) {
        this.tokens = tokens;
        this.draft = draft;
        this.tokensLeft = tokensLeft;
    }

    Draft draft() {
        return draft;
    }

    /**
     * The prompt's tokens.
     *
     * @return the number if it is within the context and the limits; else one that is beyond, and not above the number
     */
    long size(long contextLength) {
        long most = Math.min(contextLength, tokensLeft);
        if (!exact && counted <= most) {
            counted = tokens.of(draft.input(), draft.tools(), most);
            exact = counted <= most;
        }
        return counted;
    }
}
