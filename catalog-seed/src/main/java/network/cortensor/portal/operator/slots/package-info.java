/**
 * Slots that no request will give back: {@code portalctl slots}.
 *
 * <p>Start with {@link network.cortensor.portal.operator.slots.DeleteSlot}. What makes a slot's item bad is the business of {@code dynamo.slots}.
 */
@NullMarked
package network.cortensor.portal.operator.slots;

import org.jspecify.annotations.NullMarked;
