package network.cortensor.portal.inference;

import network.cortensor.portal.wire.WireSettings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * What the function speaks to.
 *
 * @param routers the way to them, which refuses what lies beyond its boundary
 */
public record Clients(DynamoDbClient dynamo, SsmClient ssm, WireSettings routers) {}
