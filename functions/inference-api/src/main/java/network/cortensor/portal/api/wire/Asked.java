package network.cortensor.portal.api.wire;

import java.util.List;

/**
 * A request that is well-formed.
 *
 * @param models as the customer wrote them, the one to try first coming first; nobody knows yet whether they exist
 * @param draft what is asked of it
 * @param form how the answer is to be written
 */
public record Asked(List<String> models, Draft draft, Form form) {
    public Asked {
        models = List.copyOf(models);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("models: none (expected: at least one)");
        }
    }
}
