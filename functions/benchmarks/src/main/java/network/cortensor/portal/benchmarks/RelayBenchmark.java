package network.cortensor.portal.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import network.cortensor.portal.api.ApiHandler;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.dispatch.Witness;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.inference.Assembly;
import network.cortensor.portal.inference.Assembly.Rules;
import network.cortensor.portal.inference.Assembly.Stores;
import network.cortensor.portal.inference.ProcessContext;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.KeyVerdict;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.slots.MemorySlotTable;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.usage.Limit;
import network.cortensor.portal.usage.MemoryUsageTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a streamed token costs from the router's event to the customer's bytes: counting, wrapping in JSON, one write. Sockets are left out.
 * {@code request} is a whole request of one token: parsing, decision, slot in memory, answer and log line.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class RelayBenchmark {
    private static final int TOKENS = 1_000;

    /** They ask in turn, because each of them may send {@link Limit#MOST_PER_SECOND} requests only. */
    private static final int CUSTOMERS = 2_000;

    private ApiHandler manyTokens = handler(TOKENS);
    private ApiHandler oneToken = handler(1);
    private List<byte[]> events = List.of();
    private int asked;

    @Setup
    public void events() {
        SecureRandom random = new SecureRandom();
        events = Stream.generate(() -> event(KeyText.make("bench", random)))
                .limit(CUSTOMERS)
                .toList();
    }

    private static byte[] event(KeyText key) {
        String body = "{\\\"model\\\":\\\"bench\\\",\\\"stream\\\":true,\\\"messages\\\":[{\\\"role\\\":\\\"user\\\","
                + "\\\"content\\\":\\\"Tell me a story\\\"}]}";
        return ("{\"resource\":\"/{proxy+}\",\"path\":\"/v1/chat/completions\",\"httpMethod\":\"POST\",\"multiValueHeaders\":{\"authorization\":[\"Bearer"
                        + " "
                        + key.reveal()
                        + "\"]},\"requestContext\":{\"stage\":\"v1\"},\"body\":\""
                        + body
                        + "\",\"isBase64Encoded\":false}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public long token() throws IOException, InterruptedException {
        return handle(manyTokens, TOKENS);
    }

    @Benchmark
    public long request() throws IOException, InterruptedException {
        return handle(oneToken, 1);
    }

    /** What is measured is an answer, no refusal. */
    private long handle(ApiHandler handler, int tokens) throws IOException, InterruptedException {
        Counted out = new Counted();
        Instant now = Instant.now();
        handler.handle(events.get(asked++ % CUSTOMERS), now, now.plus(Duration.ofMinutes(5)), (status, headers) -> {
            if (status != 200) {
                throw new IllegalStateException("status: " + status + " (expected: 200)");
            }
            return out;
        });
        if (out.bytes < tokens) {
            throw new IllegalStateException("bytes: " + out.bytes + " (expected: one a token at least)");
        }
        return out.bytes;
    }

    private static ApiHandler handler(int tokens) {
        Assembly assembly = new Assembly(
                new Stores(
                        new OneAlias(20),
                        new MemorySlotTable(),
                        Witness.NONE,
                        new Keys("bench", hash -> new KeyVerdict.Known(customer(hash))),
                        new MemoryUsageTable()),
                (target, request, times) -> new InstantAnswer(tokens),
                Rules.production(ModelsAccess.ANYBODY),
                new ProcessContext(line -> {}, InstantSource.system(), new TokenCounter(), new WorkerEnd()),
                new SecureRandom());
        return assembly.handler().api();
    }

    private static Customer customer(KeyHash hash) {
        return new Customer(
                hash.hex(), hash.hex(), new Plan("bench", Limits.NONE, Limits.NONE), new AllowedModels.All());
    }

    /** Where the customer's bytes go. */
    private static final class Counted extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            bytes += length;
        }
    }
}
