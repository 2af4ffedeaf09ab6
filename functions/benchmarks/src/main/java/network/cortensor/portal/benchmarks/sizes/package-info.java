/**
 * What memory the function should have: with less of it Lambda gives less of a processor, and asks less for a second.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.sizes.SizesMain}.
 */
@NullMarked
package network.cortensor.portal.benchmarks.sizes;

import org.jspecify.annotations.NullMarked;
