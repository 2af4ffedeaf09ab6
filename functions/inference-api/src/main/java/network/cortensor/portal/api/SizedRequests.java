package network.cortensor.portal.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.api.wire.SizedRequest;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.dispatch.ModelRequests;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.tokens.PromptTokens;

/**
 * One customer's request as each model is asked it that may answer: its own, and those that fallback pools serve instead. Of another model the prompt is
 * counted only when that model is asked, or when it might not have room. The answer is never longer than the limits have let in for the model of the
 * customer's choice. Used by one thread.
 */
final class SizedRequests implements ModelRequests {
    /** No served model spends more tokens on a text than so many times another's: digits, which some count one by one and others in threes, come closest. */
    private static final int VOCABULARIES = 4;

    /** What a template adds of its own accord, in tokens. */
    private static final int TEMPLATE = 1_024;

    private final PromptTokens tokens;
    private final Draft draft;
    private final ModelAlias alias;
    private final SizedRequest own;
    private final Map<ModelAlias, Optional<SizedRequest>> others = new HashMap<>();

    /**
     * @param alias of the customer's choice
     * @param own what its model is asked
     */
    SizedRequests(PromptTokens tokens, Draft draft, ModelAlias alias, SizedRequest own) {
        this.tokens = tokens;
        this.draft = draft;
        this.alias = alias;
        this.own = own;
    }

    @Override
    public Optional<Set<Feature>> needs(ServedModel model) {
        if (isOwn(model.terms())) {
            return Optional.of(own.request().features());
        }
        boolean fits = surelyFits(model.terms()) || sized(model.terms()).isPresent();
        return fits ? Optional.of(draft.within(1, model.terms().promptFormat()).features()) : Optional.empty();
    }

    @Override
    public CompletionRequest of(ServedModel model) {
        return sized(model).request();
    }

    /** What that model is asked, known to be no more than it can take. */
    SizedRequest sized(ServedModel model) {
        return sized(model.terms())
                .orElseThrow(() -> new IllegalStateException("the prompt is too long for a model that is asked"));
    }

    private boolean isOwn(ModelAlias model) {
        return model.name().equals(alias.name());
    }

    private boolean surelyFits(ModelAlias model) {
        return own.promptTokens() * VOCABULARIES + TEMPLATE < model.contextLength();
    }

    private Optional<SizedRequest> sized(ModelAlias model) {
        return isOwn(model) ? Optional.of(own) : others.computeIfAbsent(model, this::counted);
    }

    private Optional<SizedRequest> counted(ModelAlias model) {
        CompletionRequest request = draft.within(1, model.promptFormat());
        long prompt = tokens.of(request, model.contextLength());
        long left = model.contextLength() - prompt;
        if (left < 1) {
            return Optional.empty();
        }
        long longest =
                Math.min(Math.min(left, model.maxOutputTokens()), own.request().maxTokens());
        return Optional.of(
                SizedRequest.of(request, prompt, model, tokens.counter()).within(longest));
    }
}
