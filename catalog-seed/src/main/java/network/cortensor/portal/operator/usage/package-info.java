/**
 * How much was used, by whom and of what: {@code portalctl usage}.
 *
 * <p>Start with {@link network.cortensor.portal.operator.usage.UsageCommand}. What is recorded, and how what was abandoned is closed, is the business of {@code
 * usage}; this package only sums up.
 */
@NullMarked
package network.cortensor.portal.operator.usage;

import org.jspecify.annotations.NullMarked;
