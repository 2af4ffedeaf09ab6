package network.cortensor.portal.catalog;

import java.util.Optional;
import network.cortensor.portal.model.ModelAlias;

/**
 * The model that a pool serves to an alias's customers: mostly the alias's own.
 *
 * @param terms the alias whose prompt format, context and longest answer the model has; the customers' own alias where the pool names none, or one that
 *     does not exist
 * @param otherName of the model, as the pool names it, if it is another than the alias's own
 */
public record ServedModel(ModelAlias terms, Optional<String> otherName) {
    /** The alias's own. */
    public static ServedModel own(ModelAlias alias) {
        return new ServedModel(alias, Optional.empty());
    }
}
