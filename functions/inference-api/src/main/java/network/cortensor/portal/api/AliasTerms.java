package network.cortensor.portal.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.page.Capabilities;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.api.wire.Draft.MaxTokens;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.prompt.Prompt;

/** What a model allows: endpoints, features, and how long prompts and answers may be. */
record AliasTerms(AliasView view) {

    /** @throws Rejection if the model is not served at this endpoint at all */
    void requireEndpoint(Endpoint endpoint) throws Rejection {
        if (!servedAt(endpoint)) {
            throw new Rejection(ApiError.invalid("model", "this model is not served at this path."));
        }
    }

    boolean servedAt(Endpoint endpoint) {
        return alias().served().contains(endpoint);
    }

    /**
     * @param others models that the customer may use instead, asked for only if one is to be named
     * @throws Rejection if none of the model's targets can serve what is asked for, busy and paused ones included
     */
    void requireFeatures(FeatureFields asked, Others others) throws Rejection {
        for (Map.Entry<Feature, String> field : asked.byFeature().entrySet()) {
            if (!served(field.getKey())) {
                String able = others.find().stream()
                        .filter(other -> other.servesAll(asked))
                        .map(other -> "; it is by '" + other.alias().name() + "'")
                        .findFirst()
                        .orElse("");
                throw new Rejection(ApiError.invalid(field.getValue(), "is not supported by this model" + able + "."));
            }
        }
    }

    /** The other models that a customer may use. */
    @FunctionalInterface
    interface Others {
        List<AliasTerms> find();
    }

    private boolean servesAll(FeatureFields asked) {
        return asked.byFeature().keySet().stream().allMatch(this::served);
    }

    Capabilities capabilities() {
        return new Capabilities(
                served(Feature.TOOLS),
                served(Feature.TOOLS) && callsInParallel(),
                served(Feature.RESPONSE_FORMAT),
                served(Feature.IMAGES),
                reasons());
    }

    /** A format may end an answer with its first call; a server that makes prompts itself may go on. */
    private boolean callsInParallel() {
        return Prompt.callsInParallel(alias().promptFormat())
                || view.pools().values().stream()
                        .flatMap(pool -> pool.targets().stream())
                        .anyMatch(
                                target -> Feature.TOOLS.servedBy(target.target().protocol()));
    }

    private boolean reasons() {
        return switch (alias().promptFormat()) {
            case QWEN3, QWEN3_5, QWEN3_5_SMALL, HARMONY -> true;
            case GEMMA4, GEMMA4_SMALL -> served(Feature.SPECIAL_TOKENS);
            case PLAIN, GEMMA3 -> false;
        };
    }

    /** The request as this model serves it, with an answer as long as the customer wants, or as model and context allow. */
    CompletionRequest apply(Draft draft, long promptTokens) throws Rejection {
        return draft.within(maxTokens(draft, promptTokens), alias().promptFormat());
    }

    private int maxTokens(Draft draft, long promptTokens) throws Rejection {
        long left = alias().contextLength() - promptTokens;
        if (left < 1) {
            throw new Rejection(
                    ApiError.contextLengthExceeded(draft.inputField(), promptTokens, alias().contextLength()));
        }
        long most = Math.min(left, alias().maxOutputTokens());
        if (draft.maxTokens().isEmpty()) {
            return Math.toIntExact(most);
        }
        MaxTokens wanted = draft.maxTokens().get();
        return switch (wanted.beyond()) {
            case CLIPPED -> Math.toIntExact(Math.min(wanted.count(), most));
            case REFUSED -> within(wanted, draft, promptTokens);
        };
    }

    private int within(MaxTokens wanted, Draft draft, long promptTokens) throws Rejection {
        if (wanted.count() > alias().maxOutputTokens()) {
            throw new Rejection(ApiError.invalid(
                    wanted.field(), "must not be above this model's " + alias().maxOutputTokens() + "."));
        }
        if (promptTokens + wanted.count() > alias().contextLength()) {
            throw new Rejection(ApiError.contextLengthExceeded(
                    draft.inputField(), promptTokens, alias().contextLength(), wanted.field(), wanted.count()));
        }
        return wanted.count();
    }

    /** Where the model's own format carries a feature, every target serves it. */
    private boolean served(Feature feature) {
        return feature.in(alias().promptFormat()).isEmpty()
                || view.pools().values().stream().anyMatch(pool -> servedIn(pool, feature));
    }

    /** A fallback pool may serve another model, whose format carries what this one's does not, or the other way round. */
    private boolean servedIn(PoolView pool, Feature feature) {
        Optional<Feature> needed = feature.in(view.served(pool.pool()).terms().promptFormat());
        return pool.targets().stream()
                .anyMatch(target -> needed.stream()
                        .allMatch(each -> each.servedBy(target.target().protocol())));
    }

    private ModelAlias alias() {
        return view.alias();
    }
}
