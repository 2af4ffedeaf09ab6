package network.cortensor.portal.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.catalog.DynamoFleet;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.prober.Prober;
import network.cortensor.portal.prober.ProberParts;
import network.cortensor.portal.router.LivenessProber;
import network.cortensor.portal.router.RouterKeys;
import network.cortensor.portal.router.Routers;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.wire.Boundary;
import network.cortensor.portal.wire.WireSettings;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * How long the prober's tick takes over a whole fleet, with 256 MB of heap: the first one, when nothing is known and 50 targets are probed
 * deeply, and those after it. Routers and tables are in another process on the same machine; there is no TLS, and DynamoDB Local
 * stands for DynamoDB, so that it is an upper bound of nothing but the work of the prober itself.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
@State(Scope.Benchmark)
public class TickBenchmark {
    private static final Duration LEFT = Duration.ofMinutes(5);

    @Param({"1000"})
    private int targets;

    private Optional<Process> fleet = Optional.empty();
    private Optional<Prober> prober = Optional.empty();

    @Setup
    public void start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatedFleet.class.getName(),
                        Integer.toString(targets))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        fleet = Optional.of(process);
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && !line.startsWith("http")) {
            line = said.readLine();
        }
        URI tables = URI.create(String.valueOf(line));
        prober = Optional.of(new Prober(() -> parts(tables)));
    }

    private static ProberParts parts(URI tables) {
        TableNames names = SimulatedFleet.TABLES;
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        WireSettings wire = WireSettings.within(Boundary.LOCAL);
        var client = AwsClients.forRequests(
                        "us-east-1", StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .dynamo(Optional.of(tables));
        DynamoSlotTable slots = new DynamoSlotTable(client, names.sessionSlots());
        return new ProberParts(
                new ProberParts.Stores(
                        new DynamoFleet(client, names, problems -> {})::read,
                        new DynamoHealth(client, names, random),
                        slots,
                        new Slots(slots, clock, random, Slots.Terms.PRODUCTION)),
                new ProberParts.Network(
                        new LivenessProber(wire, RouterKeys.NONE, Duration.ofSeconds(5)),
                        new Routers(wire, RouterKeys.NONE, random)),
                line -> {},
                clock,
                ProberParts.Limits.production(100));
    }

    @Benchmark
    public Prober.Outcome tick() {
        Prober.Outcome outcome = prober.orElseThrow().tick(LEFT);
        if (outcome != Prober.Outcome.FINISHED) {
            throw new IllegalStateException(outcome.word());
        }
        return outcome;
    }

    @TearDown
    public void stop() {
        fleet.ifPresent(Process::destroy);
    }
}
