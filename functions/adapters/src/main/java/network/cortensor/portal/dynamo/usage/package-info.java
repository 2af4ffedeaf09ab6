/**
 * Counters, records and the table of usage.
 *
 * <p>Start with {@link network.cortensor.portal.dynamo.usage.DynamoUsageTable}. This package knows usage, and DynamoDB.
 */
@NullMarked
package network.cortensor.portal.dynamo.usage;

import org.jspecify.annotations.NullMarked;
