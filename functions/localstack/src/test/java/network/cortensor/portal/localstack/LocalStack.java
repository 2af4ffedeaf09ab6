package network.cortensor.portal.localstack;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * One LocalStack for all tests of a run. It is started in Docker by whoever asks first, and ends with the JVM; {@code
 * -Dportal.localstack=http://localhost:4566} takes one that runs already.
 */
public final class LocalStack {
    /** The last tag that wants no account. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    /** To pull the image and start it. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Optional<URI> RUNNING =
            Optional.ofNullable(System.getProperty("portal.localstack")).map(URI::create);

    private LocalStack() {}

    /** Why nothing can run on LocalStack here, if so. */
    static Optional<String> whyNot() {
        if (RUNNING.isPresent() || DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.empty();
        }
        return Optional.of("no Docker answers here, so there is no LocalStack to run on");
    }

    /** Of every service. */
    public static URI url() {
        return RUNNING.orElseGet(() -> Started.CONTAINER.getEndpoint());
    }

    public static AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    }

    /** Its DynamoDB, with the product's tables under these names. */
    public static DynamoHost dynamo(TableNames tables) {
        return LocalStackDynamo.startWith(tables);
    }

    private static final class Started {
        private static final LocalStackContainer CONTAINER = start();

        private static LocalStackContainer start() {
            LocalStackContainer container = new LocalStackContainer(IMAGE)
                    .withServices("dynamodb", "dynamodbstreams", "ssm")
                    .withStartupTimeout(PATIENCE);
            container.start();
            return container;
        }
    }
}
