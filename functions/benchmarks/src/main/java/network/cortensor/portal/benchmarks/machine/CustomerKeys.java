package network.cortensor.portal.benchmarks.machine;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.keys.KeyOrder;
import network.cortensor.portal.operator.keys.KeyRegister;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Makes keys of customers without limits in the tables of a local product. One customer alone may not ask more than a hundred times a second. */
public final class CustomerKeys {
    private static final String PLAN = "local";

    private CustomerKeys() {}

    /** One key for a customer of this name, who had none. */
    public static String of(URI dynamo, String customer) {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        String table = TableNames.prefixed("Portal").apiKeys();
        try (DynamoDbClient client =
                AwsClients.forPeople("us-east-1", credentials).dynamo(Optional.of(dynamo))) {
            return new KeyRegister("local", client, table, new SecureRandom())
                    .create(KeyOrder.of(customer, PLAN), new Edit(Instant.now(), "benchmarks", "a measurement"))
                    .text()
                    .reveal();
        } catch (CommandStopped e) {
            throw new IllegalStateException("the local product takes every good key", e);
        }
    }

    /** Keys of so many customers. */
    public static List<String> of(URI dynamo, int customers) {
        return IntStream.range(0, customers)
                .mapToObj(number -> of(dynamo, "customer-" + number))
                .toList();
    }
}
