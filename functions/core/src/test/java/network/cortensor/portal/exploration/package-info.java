/**
 * Exhaustive exploration of small worlds: every order of steps, every crash, every lost answer.
 *
 * <p>Start with {@link network.cortensor.portal.exploration.Explorer}. A world's workers run the real code up to its next call by {@link
 * network.cortensor.portal.exploration.Oracle}. This package knows no protocol.
 */
@NullMarked
package network.cortensor.portal.exploration;

import org.jspecify.annotations.NullMarked;
