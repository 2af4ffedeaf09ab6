package network.cortensor.portal.benchmarks.function;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.benchmarks.machine.LeapingClock;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.inference.Assembly.Rules;
import network.cortensor.portal.inference.Clients;
import network.cortensor.portal.inference.IncidentLines;
import network.cortensor.portal.inference.InferenceMain;
import network.cortensor.portal.inference.InferenceSettings;
import network.cortensor.portal.inference.Priming;
import network.cortensor.portal.inference.ProcessContext;
import network.cortensor.portal.runtime.Handler;
import network.cortensor.portal.runtime.RuntimeConfig;
import network.cortensor.portal.runtime.RuntimeConfig.Compute;
import network.cortensor.portal.runtime.RuntimeLoop;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.json.JsonJournal;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import network.cortensor.portal.testkit.dynamo.UnitCounter;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.wire.Boundary;
import network.cortensor.portal.wire.WireSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The function as a process of its own, put together as production does it, with these differences: routers of this machine may be spoken to, units of
 * DynamoDB are counted, and the clock and the tables obey the measuring process.
 *
 * <p>Every line of its input is a wish: {@code reset} counts anew from now on, {@code leap} puts the clock forward by {@link FunctionGround#LEAP}, {@code delay}
 * with a number lets every call of a table take so many milliseconds longer, {@code live} collects garbage. Every wish is answered with what was counted
 * and how much of the heap is in use.
 */
public final class FunctionMain {
    static final String READ = "Read:";
    static final String WRITTEN = "Written:";
    static final String HEAP = "Heap:";

    private static final String REGION = "us-east-1";
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    private FunctionMain() {}

    /** Properties: {@code api}, {@code dynamo}, {@code ssm}; {@code streams} of one process, or {@code singles}; {@code watched}, whether units are counted and tables delayed. */
    public static void main(String[] args) throws IOException, InterruptedException, GeneralSecurityException {
        DynamoDbClient client = AwsClients.forRequests(REGION, CREDENTIALS)
                .dynamo(Optional.of(URI.create(System.getProperty("dynamo", ""))));
        UnitCounter units = new UnitCounter(client);
        FaultyDynamoDb tables = new FaultyDynamoDb(units.client());
        LeapingClock clock = new LeapingClock();
        start(Boolean.getBoolean("watched") ? tables.client() : client, clock);
        serve(units, tables, clock);
    }

    /** Primed as a snapshot is, or a process of many streams before its first request. */
    private static void start(DynamoDbClient tables, InstantSource clock)
            throws IOException, InterruptedException, GeneralSecurityException {
        TokenCounter tokens = new TokenCounter();
        Priming.run(tokens);
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
                                .run(hooks -> function(
                                        tables, new ProcessContext(journal, clock, tokens, new WorkerEnd())))));
    }

    private static Handler function(DynamoDbClient tables, ProcessContext surroundings) {
        WireSettings wire = WireSettings.within(Boundary.LOCAL);
        return InferenceMain.connect(
                new Clients(
                        tables,
                        AwsClients.forRequests(REGION, CREDENTIALS)
                                .ssm(Optional.of(URI.create(System.getProperty("ssm", "")))),
                        new WireSettings(wire.boundary(), wire.resolver(), wire.tls(), surroundings.clock())),
                new InferenceSettings(
                        "local", REGION, TableNames.prefixed("Portal"), Boundary.LOCAL, ModelsAccess.KEY_HOLDERS),
                Rules.production(ModelsAccess.KEY_HOLDERS),
                surroundings);
    }

    private static void serve(UnitCounter units, FaultyDynamoDb tables, LeapingClock clock)
            throws IOException, InterruptedException {
        BufferedReader wishes = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String wish = wishes.readLine(); wish != null; wish = wishes.readLine()) {
            String[] words = wish.split(" ", -1);
            switch (words[0]) {
                case "reset" -> units.reset();
                case "leap" -> clock.leap(FunctionGround.LEAP);
                case "delay" -> delay(tables, Duration.ofMillis(Long.parseLong(words[1])));
                case "live" -> System.gc();
                default -> {}
            }
            System.out.println(READ + units.units().read());
            System.out.println(WRITTEN + units.units().written());
            System.out.println(HEAP
                    + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
    }

    private static void delay(FaultyDynamoDb tables, Duration time) {
        tables.plan(request -> new Disturbance.Waits(() -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
