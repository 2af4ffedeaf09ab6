/**
 * From a checked request to its answer: pool, target, slot, attempt, and another attempt as long as nothing was said.
 *
 * <p>Start with {@link network.cortensor.portal.dispatch.Dispatcher}. This package knows no wire format of customers: what it has to say
 * goes through a {@link network.cortensor.portal.dispatch.Delivery}, what went wrong comes back as an {@link
 * network.cortensor.portal.dispatch.Outcome}.
 */
@NullMarked
package network.cortensor.portal.dispatch;

import org.jspecify.annotations.NullMarked;
