/**
 * What happened to items of the catalog, and how to undo it.
 *
 * <p>Start with {@link network.cortensor.portal.operator.history.History} and {@link network.cortensor.portal.operator.history.Rollback}.
 * Nothing here writes history: that is the function's own, and a rollback is an edit like any other, so it is recorded like any other.
 */
@NullMarked
package network.cortensor.portal.operator.history;

import org.jspecify.annotations.NullMarked;
