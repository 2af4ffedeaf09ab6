package network.cortensor.portal.emulated;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.testkit.dynamo.DynamoHost;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The one emulator of a run. {@code -Dportal.emulator=ministack}, {@code moto} or {@code localstack} takes that {@link PypiEmulators}; {@code
 * -Dportal.localstack=http://localhost:4566} a LocalStack that runs already; else LocalStack is started in Docker, where Docker answers. It
 * is started by whoever asks first, and ends with the JVM.
 */
public final class Emulators {
    /** The last tag that wants no account. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    /** To pull the image and start it. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Set<TableNames> GIVEN = new HashSet<>();

    private Emulators() {}

    private static final class Started {
        private static final Emulator EMULATOR = start();

        private static Emulator start() {
            Optional<String> asked = Optional.ofNullable(System.getProperty("portal.emulator"));
            if (asked.isPresent()) {
                return PythonServer.start(PypiEmulators.valueOf(asked.get().toUpperCase(Locale.ROOT)));
            }
            Optional<String> running = Optional.ofNullable(System.getProperty("portal.localstack"));
            if (running.isPresent()) {
                return new Emulator.There("localstack", URI.create(running.get()));
            }
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                return new Emulator.NotThere("no Docker answers here, so there is no LocalStack to run on");
            }
            LocalStackContainer container = new LocalStackContainer(IMAGE)
                    .withServices("dynamodb", "dynamodbstreams", "ssm")
                    .withStartupTimeout(PATIENCE);
            container.start();
            return new Emulator.There("localstack", container.getEndpoint());
        }
    }

    static Emulator emulator() {
        return Started.EMULATOR;
    }

    /** Of every service. */
    public static URI url() {
        return switch (emulator()) {
            case Emulator.There(String _, URI url) -> url;
            case Emulator.NotThere(String why) -> throw new IllegalStateException(why);
        };
    }

    public static AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    }

    /**
     * Its DynamoDB, with the product's tables under these names. LocalStack takes a table's stream away some time after the table, so that
     * names must not come back: each class has its own.
     */
    public static DynamoHost dynamo(TableNames tables) {
        synchronized (GIVEN) {
            if (!GIVEN.add(tables)) {
                throw new IllegalStateException(
                        tables.models() + ": another class had these tables (expected: a prefix of its own)");
            }
        }
        return EmulatedDynamo.startWith(tables);
    }
}
