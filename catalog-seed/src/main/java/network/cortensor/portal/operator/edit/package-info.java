/**
 * Changes of the catalog's tables: what would change, what that would do to customers, and the writing of it on condition that nobody else
 * has changed the same meanwhile.
 *
 * <p>Start with {@link network.cortensor.portal.operator.edit.Changes} and {@link network.cortensor.portal.operator.edit.CatalogWriter}; a
 * command that edits goes through {@link network.cortensor.portal.operator.edit.Editing}. This package judges no item by itself: the rules
 * are those of {@code catalog}.
 */
@NullMarked
package network.cortensor.portal.operator.edit;

import org.jspecify.annotations.NullMarked;
