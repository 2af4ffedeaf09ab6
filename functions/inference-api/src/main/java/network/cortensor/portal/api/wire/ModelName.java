package network.cortensor.portal.api.wire;

import java.util.Optional;

/**
 * The model's name that an answer bears: the one that the customer sent, unless a pool answers that serves another model. Used by one thread.
 */
public final class ModelName {
    private final String asked;
    private Optional<String> other = Optional.empty();

    public ModelName(String asked) {
        this.asked = asked;
    }

    /** What follows comes from that model, or from the one that was asked for. */
    void from(Optional<String> otherModel) {
        other = otherModel;
    }

    /** The model that answers, if it is another than the one asked for. */
    public Optional<String> other() {
        return other;
    }

    String text() {
        return other.orElse(asked);
    }
}
