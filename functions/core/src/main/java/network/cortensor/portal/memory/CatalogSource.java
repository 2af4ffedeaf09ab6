package network.cortensor.portal.memory;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Target;

/**
 * Where {@link RememberedCatalog} reads what it does not remember. It calls from a request's own thread for aliases, and from several
 * virtual threads at the same time for pools and targets; a call may block as long as its store's time-out lets it.
 */
public interface CatalogSource {

    /** The alias of this name, or empty if there is none. */
    Optional<ModelAlias> alias(String name) throws Unreadable;

    /** Every alias that could be understood, in the order of their names. */
    List<ModelAlias> aliases() throws Unreadable;

    /** The pool of this name, or empty if there is none. */
    Optional<Pool> pool(String name) throws Unreadable;

    /** The pool's targets that could be understood, in the order of their names. */
    List<Target> targets(String pool) throws Unreadable;
}
