package network.cortensor.portal.inference;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The AWS services that the function uses. */
public record Clients(DynamoDbClient dynamo, SsmClient ssm) {}
