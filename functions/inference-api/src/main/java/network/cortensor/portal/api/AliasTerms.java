package network.cortensor.portal.api;

import java.util.Map;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.api.wire.Draft.MaxTokens;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.model.ModelAlias;

/** What a model allows: endpoints, features, and how long prompts and answers may be. */
record AliasTerms(AliasView view) {

    /** @throws Rejection if the model is not served at this endpoint at all */
    void requireEndpoint(Endpoint endpoint) throws Rejection {
        if (!alias().endpoints().contains(endpoint)) {
            throw new Rejection(ApiError.invalid("model", "this model is not served at this path."));
        }
    }

    /** @throws Rejection if none of the model's targets can serve what is asked for, busy and paused ones included */
    void requireFeatures(FeatureFields asked) throws Rejection {
        for (Map.Entry<Feature, String> field : asked.byFeature().entrySet()) {
            if (!served(field.getKey())) {
                throw new Rejection(ApiError.invalid(field.getValue(), "is not supported by this model."));
            }
        }
    }

    /** The request as this model serves it, with an answer as long as the customer wants, or as model and context allow. */
    CompletionRequest apply(Draft draft, long promptTokens) throws Rejection {
        return draft.within(maxTokens(draft, promptTokens), alias().promptFormat());
    }

    private int maxTokens(Draft draft, long promptTokens) throws Rejection {
        long left = alias().contextLength() - promptTokens;
        if (left < 1) {
            throw tooLong(draft, "has about " + promptTokens + " tokens");
        }
        if (draft.maxTokens().isEmpty()) {
            return Math.toIntExact(Math.min(left, alias().maxOutputTokens()));
        }
        MaxTokens wanted = draft.maxTokens().get();
        if (wanted.count() > alias().maxOutputTokens()) {
            throw new Rejection(ApiError.invalid(
                    wanted.field(), "must not be above this model's " + alias().maxOutputTokens() + "."));
        }
        if (wanted.count() > left) {
            throw tooLong(
                    draft, "has about " + promptTokens + " tokens, and " + wanted.field() + " is " + wanted.count());
        }
        return wanted.count();
    }

    private Rejection tooLong(Draft draft, String what) {
        return new Rejection(ApiError.contextLengthExceeded(
                draft.inputField(),
                what + "; this model's context holds " + alias().contextLength() + " for prompt and answer together."));
    }

    private boolean served(Feature feature) {
        return view.pools().values().stream()
                .flatMap(pool -> pool.targets().stream())
                .anyMatch(target -> feature.servedBy(target.target().protocol()));
    }

    private ModelAlias alias() {
        return view.alias();
    }
}
