package network.cortensor.portal.benchmarks.streams;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.inference.Assembly.Rules;
import network.cortensor.portal.inference.Clients;
import network.cortensor.portal.inference.IncidentLines;
import network.cortensor.portal.inference.InferenceMain;
import network.cortensor.portal.inference.InferenceSettings;
import network.cortensor.portal.inference.ProcessContext;
import network.cortensor.portal.runtime.Handler;
import network.cortensor.portal.runtime.RuntimeConfig;
import network.cortensor.portal.runtime.RuntimeConfig.Compute;
import network.cortensor.portal.runtime.RuntimeLoop;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.json.JsonJournal;
import network.cortensor.portal.testkit.dynamo.UnitCounter;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.wire.Boundary;
import network.cortensor.portal.wire.WireSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The function as a process of its own, put together as production does it, with two differences: routers of this machine may be spoken to, and
 * units of DynamoDB are counted. Every line of its input is a wish: {@code reset} for counting anew, anything else for what was counted.
 */
public final class FunctionMain {
    static final String READ = "Read:";
    static final String WRITTEN = "Written:";

    private static final String REGION = "us-east-1";
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    private FunctionMain() {}

    /** Properties: {@code api}, {@code dynamo}, {@code ssm}; {@code streams} of one process, or {@code singles}. */
    public static void main(String[] args) throws IOException {
        UnitCounter units = new UnitCounter(AwsClients.forRequests(REGION, CREDENTIALS)
                .dynamo(Optional.of(URI.create(System.getProperty("dynamo", "")))));
        TokenCounter tokens = new TokenCounter();
        InstantSource clock = InstantSource.system();
        Journal journal = new JsonJournal(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                clock,
                Emitter.unversioned("local"));
        URI api = URI.create("http://" + System.getProperty("api"));
        int streams = Integer.getInteger("streams", 0);
        Compute compute = streams > 0 ? new Compute.ManagedInstances(streams) : new Compute.OnDemand();
        RuntimeConfig config = new RuntimeConfig(api.getHost(), api.getPort(), compute);
        IntStream.range(0, streams > 0 ? 1 : Integer.getInteger("singles", 1))
                .forEach(number -> Thread.ofPlatform()
                        .daemon()
                        .start(() -> new RuntimeLoop(config, clock, new IncidentLines(journal))
                                .run(hooks ->
                                        function(units, new ProcessContext(journal, clock, tokens, new WorkerEnd())))));
        serve(units);
    }

    private static Handler function(UnitCounter units, ProcessContext surroundings) {
        return InferenceMain.connect(
                new Clients(
                        units.client(),
                        AwsClients.forRequests(REGION, CREDENTIALS)
                                .ssm(Optional.of(URI.create(System.getProperty("ssm", "")))),
                        WireSettings.within(Boundary.LOCAL)),
                new InferenceSettings(
                        "local", REGION, TableNames.prefixed("Portal"), Boundary.LOCAL, ModelsAccess.KEY_HOLDERS),
                Rules.production(ModelsAccess.KEY_HOLDERS),
                surroundings);
    }

    private static void serve(UnitCounter units) throws IOException {
        BufferedReader wishes = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String wish = wishes.readLine(); wish != null; wish = wishes.readLine()) {
            if (wish.equals("reset")) {
                units.reset();
            }
            System.out.println(READ + units.units().read());
            System.out.println(WRITTEN + units.units().written());
        }
    }
}
