/**
 * How soon operators' edits take effect, measured on the whole local product under traffic.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.edits.EditsMain}. Edits are made by the very programs that operators use, each
 * a process of its own; what requests do is read from the product's own log.
 */
@NullMarked
package network.cortensor.portal.benchmarks.edits;

import org.jspecify.annotations.NullMarked;
