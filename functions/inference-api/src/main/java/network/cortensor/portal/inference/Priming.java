package network.cortensor.portal.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.inference.Assembly.Rules;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.json.JsonJournal;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.wire.Boundary;
import network.cortensor.portal.wire.Resolver;
import network.cortensor.portal.wire.WireSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Runs requests through the whole function before a snapshot is taken: through the AWS SDK, signed with credentials that are none, to tables and
 * parameters in this process, and by TLS to a router in this process. So the classes that a customer's first request needs are loaded, and what is called in every request is compiled. Clients, connections, keys and certificates of the priming are thrown away: a snapshot has no secret, no connection, no clock and
 * no random number that a restored worker would use.
 */
public final class Priming {
    private static final String EVENT = "/priming.json";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String REGION = "us-east-1";

    /**
     * The first loads classes. The others have compiled what is used: the wrapper lets the compiler take a method at its twentieth call, and some methods are called
     * once in a request. Together they take less than two seconds.
     */
    private static final int REQUESTS = 40;

    /** Between two requests of an environment on Lambda. All that is remembered has expired by then, so that each of them reads all tables. */
    private static final Duration BETWEEN = Duration.ofSeconds(39);

    private static final TableNames TABLES =
            new TableNames("models", "pools", "targets", "health", "slots", "history", "keys", "usage");

    private Priming() {}

    /** @param tokens the counter that the function will use; its vocabulary is large */
    public static void run(TokenCounter tokens) throws IOException, InterruptedException, GeneralSecurityException {
        tokens.prime();
        Leaps clock = new Leaps();
        // What the function itself will trust takes long to read.
        SSLSocketFactory.getDefault();
        SSLContext tls = LoopbackCertificate.context(clock.instant());
        var nobody = StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none"));
        try (LoopbackServices services = LoopbackServices.start(tls)) {
            Optional<URI> aws = Optional.of(services.aws());
            try (DynamoDbClient dynamo = AwsClients.forRequests(REGION, nobody).dynamo(aws);
                    SsmClient ssm = AwsClients.forRequests(REGION, nobody).ssm(aws)) {
                WireSettings routers = new WireSettings(Boundary.LOCAL, Resolver.SYSTEM, tls.getSocketFactory(), clock);
                serve(new Clients(dynamo, ssm, routers), tokens, clock);
            }
        }
    }

    private static void serve(Clients clients, TokenCounter tokens, Leaps clock)
            throws IOException, InterruptedException {
        JsonJournal journal = new JsonJournal(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                clock,
                Emitter.unversioned("priming"));
        InferenceHandler function = InferenceMain.connect(
                clients,
                new InferenceSettings("local", REGION, TABLES, Boundary.LOCAL, ModelsAccess.KEY_HOLDERS),
                Rules.production(ModelsAccess.KEY_HOLDERS),
                new ProcessContext(journal, clock, tokens, new WorkerEnd()));
        for (int request = 0; request < REQUESTS; request++) {
            Instant now = clock.instant();
            function.api().handle(event(), now, now.plus(PATIENCE), Priming::answer);
            function.witness().finish();
            clock.leap();
        }
    }

    /** The machine's clock, and further ahead after each request. */
    private static final class Leaps implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        private void leap() {
            ahead = ahead.plus(BETWEEN);
        }
    }

    /** Anything else than an answer would leave most of the path unprimed without a word. */
    private static OutputStream answer(int status, Map<String, String> headers) {
        if (status != 200) {
            throw new IllegalStateException(EVENT + " was answered with " + status + " (expected: 200)");
        }
        return OutputStream.nullOutputStream();
    }

    private static byte[] event() throws IOException {
        try (InputStream event = Priming.class.getResourceAsStream(EVENT)) {
            if (event == null) {
                throw new IllegalStateException(EVENT + " is not in the package");
            }
            return event.readAllBytes();
        }
    }
}
