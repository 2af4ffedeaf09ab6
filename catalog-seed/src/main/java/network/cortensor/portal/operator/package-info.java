/**
 * The operators' tool, {@code portalctl}.
 *
 * <p>Start with {@link network.cortensor.portal.operator.Portalctl}, which puts every command in its place; each group of commands is a
 * package of its own below this one, all of them stand in {@code frame} and speak through {@code console}. Nothing here judges items by
 * itself: the rules are those of {@code catalog}.
 */
@NullMarked
package network.cortensor.portal.operator;

import org.jspecify.annotations.NullMarked;
