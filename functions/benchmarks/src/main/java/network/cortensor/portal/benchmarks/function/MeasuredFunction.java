package network.cortensor.portal.benchmarks.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import network.cortensor.portal.benchmarks.machine.ChildJvm;
import network.cortensor.portal.benchmarks.machine.LeapingClock;
import network.cortensor.portal.testkit.lambda.FunctionInvocation.Beginning;
import network.cortensor.portal.testkit.lambda.RuntimeApiEmulator;
import network.cortensor.portal.testkit.lambda.RuntimeCall;

/** The function in a process of its own behind an emulated Runtime API, and its customers. */
public final class MeasuredFunction implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final LeapingClock clock;
    private final RuntimeApiEmulator lambda;
    private final ChildJvm process;
    private final List<String> keys;
    private final AtomicInteger asked = new AtomicInteger();

    /** A permit for each time that an environment said that it is free. */
    private final Semaphore free;

    private MeasuredFunction(
            LeapingClock clock, RuntimeApiEmulator lambda, ChildJvm process, List<String> keys, Semaphore free) {
        this.clock = clock;
        this.lambda = lambda;
        this.process = process;
        this.keys = keys;
        this.free = free;
    }

    /** What is seen of the function's calls, which then cost it more processor time. */
    public enum Watched {
        NOTHING,
        /** Units of the tables are counted, and calls may be delayed. */
        TABLES
    }

    /** @param mebibytes of memory that the function has; its options are those that the wrapper chooses for them */
    public static MeasuredFunction start(
            FunctionBuild build, FunctionServing serving, int mebibytes, Watched watched, FunctionGround ground)
            throws IOException {
        LeapingClock clock = new LeapingClock();
        Duration timeout = Duration.ofMinutes(5);
        Semaphore free = new Semaphore(0);
        Consumer<RuntimeCall> heard = call -> free.release(call instanceof RuntimeCall.NextAsked ? 1 : 0);
        RuntimeApiEmulator lambda = switch (serving) {
            case FunctionServing.OneProcess(int streams) ->
                RuntimeApiEmulator.startManaged(clock, timeout, heard, streams);
            case FunctionServing.Singles _ -> RuntimeApiEmulator.start(clock, timeout, heard);
        };
        String how = switch (serving) {
            case FunctionServing.OneProcess _ -> "streams";
            case FunctionServing.Singles _ -> "singles";
        };
        ChildJvm process = ChildJvm.start(
                build.main(),
                build.classPath(),
                build.options(mebibytes),
                Map.of(
                        "watched",
                        Boolean.toString(watched == Watched.TABLES),
                        "api",
                        lambda.address(),
                        "dynamo",
                        ground.dynamo().toString(),
                        "ssm",
                        ground.ssm().toString(),
                        how,
                        Integer.toString(serving.atOnce())));
        return new MeasuredFunction(clock, lambda, process, ground.keys(), free);
    }

    /** When the first token and the end of an answer came. */
    public record Answer(Duration firstToken, Duration end) {}

    /** So many customers at once ask so often each for an answer of so many tokens; returns the whole answers that came of it. */
    public List<Answer> ask(String model, int customers, int times, int tokens) throws InterruptedException {
        List<byte[]> events =
                keys.stream().map(key -> event(key, model, tokens)).toList();
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Answer>>> asked = new ArrayList<>();
            for (int customer = 0; customer < customers; customer++) {
                asked.add(threads.submit(() -> askInTurn(events, times)));
            }
            for (Future<List<Answer>> each : asked) {
                answers.addAll(each.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a customer got no whole answer", e);
        }
    }

    private List<Answer> askInTurn(List<byte[]> events, int times) throws IOException, InterruptedException {
        List<Answer> answers = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            ask(events.get(asked.getAndIncrement() % events.size())).ifPresent(answers::add);
        }
        return answers;
    }

    private Optional<Answer> ask(byte[] event) throws IOException, InterruptedException {
        long start = System.nanoTime();
        return switch (lambda.invoke(event).beginning()) {
            case Beginning.Begun(String _, InputStream body) -> read(body, start);
            case Beginning.Failed(var error) -> throw new IOException("the function failed: " + error.type());
        };
    }

    private static Optional<Answer> read(InputStream body, long start) throws IOException {
        StringBuilder heard = new StringBuilder();
        Duration firstToken = Duration.ZERO;
        byte[] buffer = new byte[16 * 1024];
        try (body) {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                heard.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                if (firstToken.isZero() && heard.indexOf("\"content\":\"word") >= 0) {
                    firstToken = Duration.ofNanos(System.nanoTime() - start);
                }
            }
        }
        if (firstToken.isZero() || heard.indexOf("[DONE]") < 0) {
            return Optional.empty();
        }
        return Optional.of(new Answer(firstToken, Duration.ofNanos(System.nanoTime() - start)));
    }

    /** A request as API Gateway hands it over. The simulated router answers with the words of the prompt. */
    public static byte[] event(String key, String model, int tokens) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("stream", true);
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", "word ".repeat(tokens).strip());
        ObjectNode event = JSON.createObjectNode()
                .put("resource", "/{proxy+}")
                .put("path", "/v1/chat/completions")
                .put("httpMethod", "POST")
                .put("body", body.toString())
                .put("isBase64Encoded", false);
        event.putObject("headers").put("Authorization", "Bearer " + key).put("Content-Type", "application/json");
        ObjectNode context = event.putObject("requestContext");
        context.put("path", "/v1/chat/completions").put("httpMethod", "POST").put("stage", "prod");
        context.putObject("identity").put("sourceIp", "127.0.0.1");
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event that is no JSON", e);
        }
    }

    /** Returns when a single environment has done all that belongs to its last request, which goes on when the customer has the whole answer. */
    public void awaitFree() throws IOException, InterruptedException {
        int asksForMore = asked.get() + 1;
        if (!free.tryAcquire(asksForMore, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("the function did not ask for another request (expected: it does, within "
                    + PATIENCE.toSeconds() + " s)");
        }
        free.release(asksForMore);
    }

    /** Read and written units of DynamoDB. */
    public record Units(double read, double written) {}

    /** Counts anew from now on. */
    public void countAnew() throws IOException {
        wish("reset");
    }

    public Units units() throws IOException {
        return wish("units").units();
    }

    /** Lets so much time pass for the function and for Lambda that all caches have expired. */
    public void leap() throws IOException {
        clock.leap(FunctionGround.LEAP);
        wish("leap");
    }

    /** Every call of a table takes so much longer from now on. */
    public void delay(Duration time) throws IOException {
        wish("delay " + time.toMillis());
    }

    /** Bytes of the heap that are in use after garbage was collected. */
    public long liveHeap() throws IOException {
        return wish("live").heap();
    }

    private record Told(Units units, long heap) {}

    private Told wish(String words) throws IOException {
        process.tell(words);
        return new Told(
                new Units(
                        Double.parseDouble(process.await(FunctionMain.READ)),
                        Double.parseDouble(process.await(FunctionMain.WRITTEN))),
                Long.parseLong(process.await(FunctionMain.HEAP)));
    }

    public ChildJvm process() {
        return process;
    }

    @Override
    public void close() throws IOException {
        process.close();
        lambda.close();
    }
}
