package network.cortensor.portal.api;

import java.util.Optional;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.tokens.PromptTokens;

/**
 * A draft whose prompt is counted when it is first asked for, and as far as it matters: one beyond the model's context, or beyond what the limits leave, is
 * refused, and should not cost the more the longer it is. Nothing is counted twice for models of one prompt format. Used by one thread.
 */
final class SizedDraft {
    private final PromptTokens tokens;
    private final Draft draft;
    private final long tokensLeft;
    private long counted = -1;
    private Optional<PromptFormat> format = Optional.empty();
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
     * @return the number if it is within the context and the limits; otherwise one that is beyond them, and not above the number
     */
    long size(ModelAlias alias) {
        if (!format.equals(Optional.of(alias.promptFormat()))) {
            format = Optional.of(alias.promptFormat());
            counted = -1;
            exact = false;
        }
        long most = Math.min(alias.contextLength(), tokensLeft);
        if (!exact && counted <= most) {
            counted = tokens.of(draft.within(1, alias.promptFormat()), most);
            exact = counted <= most;
        }
        return counted;
    }
}
