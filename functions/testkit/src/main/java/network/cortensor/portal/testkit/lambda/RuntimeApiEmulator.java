package network.cortensor.portal.testkit.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import network.cortensor.portal.testkit.lambda.ExtensionsApi.Registration;
import network.cortensor.portal.testkit.wire.Headers;
import network.cortensor.portal.testkit.wire.ServerExchange;
import network.cortensor.portal.testkit.wire.WireServer;

/**
 * Lambda's Runtime API of 2018-06-01 for one function: environments poll it, callers {@link #invoke} it. Each invocation goes to one that polls,
 * in the order of arrival, and waits while none is free.
 *
 * <p>On demand as many environments as like may poll at once. In Managed Instances it is one environment that polls up to N times at once; one
 * poll too many is answered with 500, there is nothing to restore, and extensions register before the first poll only.
 *
 * <p>An invocation whose time is over has failed; what its environment says after that is answered with 410, and so is an answer that names
 * another invocation of the same request id. Unlike Lambda it neither starts nor ends environments. One that dies while it waits takes an
 * invocation with it, which then fails when its time is over, unless the emulator is told of it ({@link #exited}).
 */
public final class RuntimeApiEmulator implements AutoCloseable {
    /** What the function's environments are told that they are. */
    public static final String FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:inference-api:live";

    private static final String BASE = "/2018-06-01/runtime/";
    private static final int BUFFER = 64 * 1024;

    /** More polls than anything here makes at once. */
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final WireServer server;
    private final InstantSource clock;
    private final Duration timeout;
    private final Consumer<RuntimeCall> observer;
    private final Compute compute;
    private final InvocationQueue waiting;
    private final ExtensionsApi extensions;
    private final Map<String, FunctionInvocation> unfinished = new ConcurrentHashMap<>();
    private final CountDownLatch restored = new CountDownLatch(1);
    private final AtomicBoolean initialised = new AtomicBoolean();

    /** What polls it. */
    private sealed interface Compute {
        /** Any number of environments that serve one invocation at a time. */
        record OneAtATime() implements Compute {}

        /** One environment. */
        record ManagedInstances(int concurrency) implements Compute {}
    }

    private RuntimeApiEmulator(InstantSource clock, Duration timeout, Consumer<RuntimeCall> observer, Compute compute)
            throws IOException {
        this.clock = clock;
        this.timeout = timeout;
        this.observer = observer;
        this.compute = compute;
        this.waiting = new InvocationQueue(
                switch (compute) {
                    case Compute.OneAtATime() -> UNBOUNDED;
                    case Compute.ManagedInstances(int concurrency) -> concurrency;
                });
        this.extensions = new ExtensionsApi(observer);
        this.server = WireServer.start(0, this::handle);
    }

    /**
     * Starts it on a free port of the loopback interface.
     *
     * @param timeout the function's time, from when an environment has taken an invocation
     * @param observer is told of every call, on the thread that serves it
     */
    public static RuntimeApiEmulator start(InstantSource clock, Duration timeout, Consumer<RuntimeCall> observer)
            throws IOException {
        return new RuntimeApiEmulator(clock, timeout, observer, new Compute.OneAtATime());
    }

    /**
     * Starts it as Managed Instances have it.
     *
     * @param timeout the function's time, from when the environment has taken an invocation; nothing is killed when it is over
     * @param observer is told of every call, on the thread that serves it
     * @param concurrency invocations at once, the value of {@code AWS_LAMBDA_MAX_CONCURRENCY}
     */
    public static RuntimeApiEmulator startManaged(
            InstantSource clock, Duration timeout, Consumer<RuntimeCall> observer, int concurrency) throws IOException {
        return new RuntimeApiEmulator(clock, timeout, observer, new Compute.ManagedInstances(concurrency));
    }

    /** The value of {@code AWS_LAMBDA_RUNTIME_API} for its environments. */
    public String address() {
        return server.address();
    }

    /** Queues an invocation and returns at once. */
    public FunctionInvocation invoke(byte[] event) {
        return invoke(event, UUID.randomUUID().toString());
    }

    /** @param requestId the caller's choice; one that was used before takes the older invocation's place */
    public FunctionInvocation invoke(byte[] event, String requestId) {
        FunctionInvocation invocation = new FunctionInvocation(requestId, event);
        unfinished.put(invocation.requestId(), invocation);
        waiting.add(invocation);
        return invocation;
    }

    /** Restores every environment that waits for it or will. */
    public void restore() {
        restored.countDown();
    }

    /** How many polls wait for an invocation. */
    public int parked() {
        return waiting.parked();
    }

    /** The process of every environment has ended: what they were at has failed, and what they waited for is for others. */
    public void exited() {
        waiting.sendAway();
        unfinished.values().stream().filter(FunctionInvocation::begun).forEach(this::exited);
    }

    private void exited(FunctionInvocation invocation) {
        unfinished.remove(invocation.requestId(), invocation);
        invocation.fail(ReportedError.EXITED);
    }

    /** Ends every connection, and every invocation with an error. */
    @Override
    public void close() throws IOException {
        server.close();
        unfinished.values().forEach(invocation -> invocation.fail(ReportedError.EXITED));
    }

    private void handle(ServerExchange exchange) throws IOException, InterruptedException {
        String method = exchange.head().method();
        String path = exchange.head().path();
        if (path.startsWith(ExtensionsApi.BASE)) {
            extensions.handle(exchange, initialised.get() ? Registration.CLOSED : Registration.OPEN);
            return;
        }
        if (!path.startsWith(BASE)) {
            reject(exchange, 404, "NotFound");
            return;
        }
        String[] parts = path.substring(BASE.length()).split("/", -1);
        switch (method + " " + parts[0] + " " + parts[parts.length - 1]) {
            case "GET invocation next" -> next(exchange);
            case "POST invocation response" -> response(exchange, parts[1]);
            case "POST invocation error" -> error(exchange, parts[1]);
            case "POST init error" -> {
                observer.accept(new RuntimeCall.InitFailed(ReportedError.posted(exchange)));
                accept(exchange);
            }
            case "GET restore next" -> restoring(exchange, () -> restoreNext(exchange));
            case "POST restore error" ->
                restoring(exchange, () -> {
                    observer.accept(new RuntimeCall.RestoreFailed(ReportedError.posted(exchange)));
                    accept(exchange);
                });
            default -> reject(exchange, 404, "NotFound");
        }
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private void restoring(ServerExchange exchange, Step step) throws IOException, InterruptedException {
        switch (compute) {
            case Compute.OneAtATime() -> step.run();
            case Compute.ManagedInstances _ -> reject(exchange, 404, "NotFound");
        }
    }

    private void next(ServerExchange exchange) throws IOException, InterruptedException {
        observer.accept(new RuntimeCall.NextAsked());
        initialised.set(true);
        Optional<FunctionInvocation> taken = waiting.take();
        if (taken.isEmpty()) {
            reject(exchange, 500, "InternalServerError");
            return;
        }
        FunctionInvocation invocation = taken.get();
        String id = invocation.requestId();
        invocation.pickUp(timeout);
        observer.accept(new RuntimeCall.NextAnswered(id));
        Headers headers = Headers.of(
                "Content-Type",
                "application/json",
                "Lambda-Runtime-Aws-Request-Id",
                id,
                "Lambda-Runtime-Invocation-Id",
                invocation.invocationId(),
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(clock.instant().plus(timeout).toEpochMilli()),
                "Lambda-Runtime-Invoked-Function-Arn",
                FUNCTION_ARN,
                "Lambda-Runtime-Trace-Id",
                "Root=1-" + traceOf(invocation.invocationId()) + ";Sampled=0");
        try {
            exchange.answer(200, headers, invocation.event());
        } catch (IOException e) {
            broken(invocation, ReportedError.EXITED);
            throw e;
        }
    }

    /** X-Ray's form: 8 and 24 hexadecimal digits. */
    private static String traceOf(String uuid) {
        String digits = uuid.replace("-", "").toLowerCase(Locale.ROOT);
        return digits.substring(0, 8) + "-" + digits.substring(8);
    }

    private void restoreNext(ServerExchange exchange) throws IOException, InterruptedException {
        observer.accept(new RuntimeCall.RestoreAsked());
        restored.await();
        observer.accept(new RuntimeCall.Restored());
        exchange.answer(200, Headers.NONE, new byte[0]);
    }

    private void error(ServerExchange exchange, String id) throws IOException {
        Optional<FunctionInvocation> invocation = Optional.ofNullable(unfinished.get(id));
        ReportedError error = ReportedError.posted(exchange);
        if (invocation.isEmpty()) {
            reject(exchange, 400, "InvalidRequestID");
            return;
        }
        if (gone(exchange, invocation.get())) {
            return;
        }
        observer.accept(new RuntimeCall.ErrorPosted(id, error));
        if (!invocation.get().fail(error)) {
            reject(exchange, 403, "InvalidStateTransition");
            return;
        }
        unfinished.remove(id, invocation.get());
        accept(exchange);
    }

    /** Whether the invocation of a call is over, or is another than the one that the call means. */
    private boolean gone(ServerExchange exchange, FunctionInvocation invocation) throws IOException {
        boolean another = exchange.head()
                .headers()
                .first("Lambda-Runtime-Invocation-Id")
                .filter(echoed -> !echoed.equals(invocation.invocationId()))
                .isPresent();
        if (!another && !invocation.expired()) {
            return false;
        }
        if (!another) {
            unfinished.remove(invocation.requestId(), invocation);
            invocation.fail(ReportedError.TIMED_OUT);
        }
        observer.accept(new RuntimeCall.Gone(invocation.requestId()));
        reject(exchange, 410, "InvokeTimeout");
        return true;
    }

    private void response(ServerExchange exchange, String id) throws IOException, InterruptedException {
        Optional<FunctionInvocation> invocation = Optional.ofNullable(unfinished.get(id));
        if (invocation.isEmpty()) {
            reject(exchange, 400, "InvalidRequestID");
            return;
        }
        if (gone(exchange, invocation.get())) {
            return;
        }
        Optional<ResponsePipe> pipe = invocation
                .get()
                .begin(exchange.head().headers().first("content-type").orElse("application/octet-stream"));
        if (pipe.isEmpty()) {
            reject(exchange, 403, "InvalidStateTransition");
            return;
        }
        observer.accept(new RuntimeCall.ResponseBegun(id));
        try {
            pump(exchange.body(), pipe.get());
        } catch (BrokenResponse e) {
            broken(invocation.get(), e.error());
            observer.accept(new RuntimeCall.Gone(id));
            reject(exchange, 410, "InvokeTimeout");
            return;
        } catch (IOException e) {
            broken(invocation.get(), ReportedError.EXITED);
            throw e;
        }
        Optional<ReportedError> error = ReportedError.trailing(exchange.trailers());
        if (error.isPresent()) {
            broken(invocation.get(), error.get());
        } else {
            unfinished.remove(id, invocation.get());
            observer.accept(new RuntimeCall.ResponseEnded(id));
            pipe.get().finish();
        }
        accept(exchange);
    }

    private static void pump(InputStream body, ResponsePipe pipe) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            pipe.put(Arrays.copyOf(buffer, count));
        }
    }

    private void broken(FunctionInvocation invocation, ReportedError error) {
        unfinished.remove(invocation.requestId(), invocation);
        observer.accept(new RuntimeCall.ResponseBroken(invocation.requestId(), error));
        invocation.fail(error);
    }

    private static void accept(ServerExchange exchange) throws IOException {
        json(exchange, 202, "{\"status\":\"OK\"}");
    }

    static void reject(ServerExchange exchange, int status, String type) throws IOException {
        json(exchange, status, "{\"errorMessage\":\"\",\"errorType\":\"" + type + "\"}");
    }

    private static void json(ServerExchange exchange, int status, String text) throws IOException {
        exchange.answer(status, Headers.of("Content-Type", "application/json"), text.getBytes(StandardCharsets.UTF_8));
    }
}
