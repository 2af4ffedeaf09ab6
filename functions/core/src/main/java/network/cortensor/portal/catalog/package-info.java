/**
 * The catalog as routing sees it: an alias with its pools, their targets and the targets' standing, as of one moment.
 *
 * <p>Start with {@link network.cortensor.portal.catalog.Catalog}. This package knows {@code model} and {@code health}, and no table.
 */
@NullMarked
package network.cortensor.portal.catalog;

import org.jspecify.annotations.NullMarked;
