/**
 * Evidence about targets, and its table.
 *
 * <p>Start with {@link network.cortensor.portal.dynamo.health.DynamoHealth}. This package knows health and the model, and DynamoDB.
 */
@NullMarked
package network.cortensor.portal.dynamo.health;

import org.jspecify.annotations.NullMarked;
