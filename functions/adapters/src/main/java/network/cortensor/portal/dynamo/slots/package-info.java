/**
 * Slots, and the conditional writes that make them safe.
 *
 * <p>Start with {@link network.cortensor.portal.dynamo.slots.DynamoSlotTable}. This package knows slots and the model, and DynamoDB.
 */
@NullMarked
package network.cortensor.portal.dynamo.slots;

import org.jspecify.annotations.NullMarked;
