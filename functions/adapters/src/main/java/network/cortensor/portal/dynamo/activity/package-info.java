/**
 * Sums of models' requests in the table Usage.
 *
 * <p>Start with {@link network.cortensor.portal.dynamo.activity.DynamoActivity}. This package knows activity, and DynamoDB.
 */
@NullMarked
package network.cortensor.portal.dynamo.activity;

import org.jspecify.annotations.NullMarked;
