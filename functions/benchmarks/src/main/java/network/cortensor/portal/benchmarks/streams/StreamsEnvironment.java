package network.cortensor.portal.benchmarks.streams;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.benchmarks.machine.ChildJvm;
import network.cortensor.portal.local.LocalMain;
import network.cortensor.portal.testkit.router.RouterConfig;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.testkit.router.SessionSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * What the function stands on: the tables and parameters of a local product in a process of its own, and in this process two simulated routers,
 * one as fast as people read and one twenty times faster.
 */
record StreamsEnvironment(ChildJvm local, List<RouterSimulator> routers, String key, URI dynamo, URI ssm)
        implements AutoCloseable {
    static final String PACED = "paced";
    static final String BRISK = "brisk";

    /** Before the first token. */
    static final Duration LATENCY = Duration.ofMillis(50);

    static StreamsEnvironment start(int sessions) throws IOException {
        RouterSimulator paced = router(sessions, 50);
        RouterSimulator brisk = router(sessions, 1_000);
        Path catalog = Files.createTempFile("streams", ".yaml");
        Files.writeString(catalog, catalog(sessions, url(paced), url(brisk)));
        ChildJvm local = ChildJvm.start(
                LocalMain.class,
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g"),
                Map.of(
                        "portal.port", "0",
                        "portal.workers", "1",
                        "portal.tick", "86400",
                        "portal.catalog", catalog.toString()));
        String key = local.await("Customer key:");
        URI dynamo = URI.create(local.await("DynamoDB:"));
        URI ssm = URI.create(local.await("SSM:"));
        local.await("Portal ready:");
        local.discardOutput();
        Files.delete(catalog);
        wantNoKey(ssm, List.of(url(paced), url(brisk)));
        return new StreamsEnvironment(local, List.of(paced, brisk), key, dynamo, ssm);
    }

    private static RouterSimulator router(int sessions, double tokensPerSecond) {
        return RouterSimulator.start(RouterConfig.DEFAULT
                .withSettings(SessionSettings.DEFAULT.withLatency(LATENCY).withTokensPerSecond(tokensPerSecond))
                .withSessions(LongStream.range(0, sessions).toArray()));
    }

    private static URI url(RouterSimulator router) {
        return URI.create("http://localhost:" + router.url().getPort());
    }

    private static String catalog(int sessions, URI paced, URI brisk) {
        return "models:\n" + model(PACED) + model(BRISK)
                + "pools:\n  paced: {state: live}\n  brisk: {state: live}\n"
                + "targets:\n" + targets(PACED, sessions, paced) + targets(BRISK, sessions, brisk);
    }

    private static String model(String name) {
        return """
              %s:
                state: live
                contextLength: 131072
                maxOutputTokens: 32768
                promptFormat: plain
                routes: [{pool: %s, weight: 1}]
            """.indent(2).formatted(name, name);
    }

    private static String targets(String pool, int sessions, URI router) {
        return "  " + pool + ":\n"
                + IntStream.range(0, sessions)
                        .mapToObj(session -> "    s-" + session + ": {routerUrl: \"" + router + "\", sessionId: "
                                + session + ", state: live}\n")
                        .collect(Collectors.joining());
    }

    private static void wantNoKey(URI ssm, List<URI> routers) {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        try (SsmClient client = AwsClients.forPeople("us-east-1", credentials).ssm(Optional.of(ssm))) {
            routers.forEach(router ->
                    client.putParameter(put -> put.name("/portal/local/routers/localhost_" + router.getPort() + "/key")
                            .type(ParameterType.SECURE_STRING)
                            .value("none")));
        }
    }

    @Override
    public void close() {
        local.close();
        routers.forEach(RouterSimulator::close);
    }
}
