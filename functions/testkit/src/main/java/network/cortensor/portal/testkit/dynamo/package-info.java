/**
 * DynamoDB for a developer's machine: DynamoDB Local inside the process, and ways to disturb and to measure
 * whatever client is used.
 *
 * <p>Start with {@link network.cortensor.portal.testkit.dynamo.DynamoLocal}; {@link
 * network.cortensor.portal.testkit.dynamo.FaultyDynamoDb} disturbs, {@link network.cortensor.portal.testkit.dynamo.UnitCounter}
 * measures. This package knows no table of the product.
 */
@NullMarked
package network.cortensor.portal.testkit.dynamo;

import org.jspecify.annotations.NullMarked;
