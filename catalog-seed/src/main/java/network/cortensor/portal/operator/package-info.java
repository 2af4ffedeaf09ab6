/**
 * What operators use: the catalog as files, and the tool that brings them into the tables.
 *
 * <p>Start with {@link network.cortensor.portal.operator.CatalogFile} and {@link network.cortensor.portal.operator.OperatorMain}. This
 * package judges nothing by itself: the rules for items are those of {@code catalog}.
 */
@NullMarked
package network.cortensor.portal.operator;

import org.jspecify.annotations.NullMarked;
