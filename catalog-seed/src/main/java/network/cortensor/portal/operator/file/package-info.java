/**
 * The catalog as files.
 *
 * <p>Start with {@link network.cortensor.portal.operator.file.CatalogFile}. This package judges nothing by itself: the rules for items are
 * those of {@code catalog}.
 */
@NullMarked
package network.cortensor.portal.operator.file;

import org.jspecify.annotations.NullMarked;
