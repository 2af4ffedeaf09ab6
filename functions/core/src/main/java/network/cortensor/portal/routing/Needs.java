package network.cortensor.portal.routing;

import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.completion.Feature;

/** What a request needs of those that are to answer it. It differs between models, because formats of prompts carry different things. */
@FunctionalInterface
public interface Needs {
    /** What each target has to serve; empty if the request is more than the model can take, so that none will do. */
    Optional<Set<Feature>> of(ServedModel model);

    /** The same of each, whatever its model. */
    static Needs everywhere(Set<Feature> features) {
        Optional<Set<Feature>> needed = Optional.of(Set.copyOf(features));
        return model -> needed;
    }
}
