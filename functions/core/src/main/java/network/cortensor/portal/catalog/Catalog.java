package network.cortensor.portal.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.model.ModelAlias;

/**
 * What operators own, joined with what the machine saw. Implementations are safe for use by many threads.
 *
 * <p>The API calls it on the request's own thread to find the model, and dispatch on the same thread before an attempt and at each look of a request that waits. A
 * call that finds its answer remembered does not block. Otherwise it blocks for two or three round trips to the tables, each at most 3 s.
 *
 * <p>An answer is at most 5 s old; only while the tables cannot be read it may be up to 60 s old. So an operator's edit takes effect for
 * every request that starts, or asks again while it waits, more than 5 s after it.
 */
public interface Catalog {
    /** How old an answer may be while the tables can be read. */
    Duration FRESH = Duration.ofSeconds(5);

    /**
     * How long after an edit no request begins any more by what was before it: {@link #FRESH}, and then 3 s for the take of its slot and 2 s
     * by which clocks may differ.
     */
    Duration EVERYWHERE = FRESH.plusSeconds(3).plusSeconds(2);

    /**
     * The alias that customers mean by a name, with everything that its requests may be sent to; empty if there is none.
     *
     * @param name the alias's own, or one of its further names
     *
     * @throws CatalogUnavailable if the tables cannot be read and nothing recent enough is remembered
     */
    Optional<AliasView> find(String name) throws CatalogUnavailable;

    /**
     * The names that lead to an alias: its own, and those of its further ones that no other alias has as well. Reads nothing for an alias without further names.
     *
     * @throws CatalogUnavailable if the tables cannot be read and nothing recent enough is remembered
     */
    List<String> names(ModelAlias alias) throws CatalogUnavailable;

    /**
     * Every alias, in the order of their names, retired ones included.
     *
     * @throws CatalogUnavailable if the tables cannot be read and nothing recent enough is remembered
     */
    List<AliasView> all() throws CatalogUnavailable;

    /**
     * What {@link #find} answered last, however long ago: good for nothing but to tell what is worth reading ahead. Reads
     * nothing.
     */
    default Optional<AliasView> lastKnown(String name) {
        return Optional.empty();
    }

    /** Reads the alias of this name and none of its pools, unless that is remembered, so that a {@link #find} soon after has only the pools to read. */
    default void readAlias(String name) {}
}
