package network.cortensor.portal.dispatch;

import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Feature;

/** How each model that may answer one request is asked the same thing: in its own format, and for no more than it can give. Used by one thread. */
public interface ModelRequests {
    /** What a target has to serve, to be asked for that model; empty if the request is more than the model can take. */
    Optional<Set<Feature>> needs(ServedModel model);

    /** The request as that model is asked, known to be no more than it can take. */
    CompletionRequest of(ServedModel model);

    /** One that every model is asked in the same form. */
    static ModelRequests only(CompletionRequest request) {
        return new ModelRequests() {
            @Override
            public Optional<Set<Feature>> needs(ServedModel model) {
                return Optional.of(request.features());
            }

            @Override
            public CompletionRequest of(ServedModel model) {
                return request;
            }
        };
    }
}
