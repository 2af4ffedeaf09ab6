package network.cortensor.portal.benchmarks.overload;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.benchmarks.machine.ChildJvm;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.local.LocalMain;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.keys.KeyOrder;
import network.cortensor.portal.operator.keys.KeyRegister;
import network.cortensor.portal.testkit.router.RouterConfig;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.testkit.router.SessionSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * The local product in its default form, one process of 64 streams, with its tables; and in this process a simulated router that
 * speaks 20 tokens a second, whose sessions have a capacity of 1.
 *
 * @param api with {@code /v1}
 */
record OverloadEnvironment(ChildJvm product, RouterSimulator router, URI api, URI dynamo) implements AutoCloseable {
    /** So few that ten times as many customers still fit in the 64 streams of one process. */
    static final int SESSIONS = 5;

    static final String MODEL = "overloaded";

    /** Without limits: what is measured is sessions that are short, and not a plan. */
    private static final String PLAN = "local";

    private static final String REGION = "us-east-1";
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    static OverloadEnvironment start() throws IOException {
        RouterSimulator router = RouterSimulator.start(RouterConfig.DEFAULT
                .withSettings(SessionSettings.DEFAULT)
                .withSessions(LongStream.range(0, SESSIONS).toArray()));
        URI url = URI.create("http://localhost:" + router.url().getPort());
        Path catalog = Files.createTempFile("overload", ".yaml");
        Files.writeString(catalog, catalog(url));
        ChildJvm product = ChildJvm.start(
                LocalMain.class,
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"),
                Map.of("portal.port", "0", "portal.catalog", catalog.toString()));
        URI dynamo = URI.create(product.await("DynamoDB:"));
        URI parameters = URI.create(product.await("SSM:"));
        URI api = URI.create(product.await("Portal ready:"));
        product.discardOutput();
        Files.delete(catalog);
        wantNoKey(parameters, url);
        return new OverloadEnvironment(product, router, api, dynamo);
    }

    private static String catalog(URI router) {
        return """
                models:
                  overloaded:
                    state: live
                    contextLength: 131072
                    maxOutputTokens: 32768
                    promptFormat: plain
                    routes: [{pool: overloaded, weight: 1}]
                pools:
                  overloaded: {state: live}
                targets:
                  overloaded:
                """
                + IntStream.range(0, SESSIONS)
                        .mapToObj(session -> "    s-" + session + ": {routerUrl: \"" + router + "\", sessionId: "
                                + session + ", state: live}\n")
                        .collect(Collectors.joining());
    }

    private static void wantNoKey(URI parameters, URI router) {
        try (SsmClient client = AwsClients.forPeople(REGION, CREDENTIALS).ssm(Optional.of(parameters))) {
            client.putParameter(put -> put.name("/portal/local/routers/localhost_" + router.getPort() + "/key")
                    .type(ParameterType.SECURE_STRING)
                    .value("none"));
        }
    }

    /** A key of a customer of this name, who had none. */
    String keyOf(String customer) {
        String table = TableNames.prefixed("Portal").apiKeys();
        try (DynamoDbClient client = AwsClients.forPeople(REGION, CREDENTIALS).dynamo(Optional.of(dynamo))) {
            return new KeyRegister("local", client, table, new SecureRandom())
                    .create(KeyOrder.of(customer, PLAN), new Edit(Instant.now(), "overload", "a measurement"))
                    .text()
                    .reveal();
        } catch (CommandStopped e) {
            throw new IllegalStateException("the local product takes every good key", e);
        }
    }

    List<ProcessHandle> processes() {
        return List.of(ProcessHandle.current(), product.handle());
    }

    @Override
    public void close() {
        product.close();
        router.close();
    }
}
