package network.cortensor.portal.api.wire;

import java.util.Optional;
import network.cortensor.portal.catalog.ServedModel;

/**
 * The model's name that an answer bears: the one that the customer sent, unless a pool answers that serves another model. Used by one thread.
 */
public final class ModelName {
    private final String asked;
    private Optional<String> other = Optional.empty();

    public ModelName(String asked) {
        this.asked = asked;
    }

    /** What follows comes from that model. */
    void from(ServedModel model) {
        other = model.otherName();
    }

    /** The model that answers, if it is another than the one asked for. */
    public Optional<String> other() {
        return other;
    }

    String text() {
        return other.orElse(asked);
    }
}
