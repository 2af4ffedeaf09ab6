/**
 * Customers' keys and their plans, and the table of both.
 *
 * <p>Start with {@link network.cortensor.portal.dynamo.keys.DynamoKeys}. This package knows keys and {@code memory}, and DynamoDB.
 */
@NullMarked
package network.cortensor.portal.dynamo.keys;

import org.jspecify.annotations.NullMarked;
