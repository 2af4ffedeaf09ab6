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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import network.cortensor.portal.testkit.wire.Exchange;
import network.cortensor.portal.testkit.wire.Headers;
import network.cortensor.portal.testkit.wire.WireServer;

/**
 * Lambda's Runtime API of 2018-06-01 for one function: environments poll it, callers {@link #invoke} it. As many environments as like
 * may poll at once; each invocation goes to one of them, in the order of arrival, and waits while none is free.
 *
 * <p>Unlike Lambda it neither starts nor ends environments. One that dies while it waits takes one invocation with it, which then fails
 * when its time is over.
 */
public final class RuntimeApiEmulator implements AutoCloseable {
    /** What the function's environments are told that they are. */
    public static final String FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:inference-api:live";

    private static final String BASE = "/2018-06-01/runtime/";
    private static final int BUFFER = 64 * 1024;

    private final WireServer server;
    private final InstantSource clock;
    private final Duration timeout;
    private final Consumer<RuntimeCall> observer;
    private final BlockingQueue<FunctionInvocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, FunctionInvocation> unfinished = new ConcurrentHashMap<>();
    private final CountDownLatch restored = new CountDownLatch(1);

    private RuntimeApiEmulator(InstantSource clock, Duration timeout, Consumer<RuntimeCall> observer)
            throws IOException {
        this.clock = clock;
        this.timeout = timeout;
        this.observer = observer;
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
        return new RuntimeApiEmulator(clock, timeout, observer);
    }

    /** The value of {@code AWS_LAMBDA_RUNTIME_API} for its environments. */
    public String address() {
        return server.address();
    }

    /** Queues an invocation and returns at once. */
    public FunctionInvocation invoke(byte[] event) {
        FunctionInvocation invocation = new FunctionInvocation(UUID.randomUUID().toString(), event);
        unfinished.put(invocation.requestId(), invocation);
        waiting.add(invocation);
        return invocation;
    }

    /** Restores every environment that waits for it or will. */
    public void restore() {
        restored.countDown();
    }

    /** Ends every connection, and every invocation with an error. */
    @Override
    public void close() throws IOException {
        server.close();
        unfinished.values().forEach(invocation -> invocation.fail(FunctionError.EXITED));
    }

    private void handle(Exchange exchange) throws IOException, InterruptedException {
        String method = exchange.head().method();
        String path = exchange.head().path();
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
                observer.accept(new RuntimeCall.InitFailed(FunctionError.posted(exchange)));
                accept(exchange);
            }
            case "GET restore next" -> restoreNext(exchange);
            case "POST restore error" -> {
                observer.accept(new RuntimeCall.RestoreFailed(FunctionError.posted(exchange)));
                accept(exchange);
            }
            default -> reject(exchange, 404, "NotFound");
        }
    }

    private void next(Exchange exchange) throws IOException, InterruptedException {
        observer.accept(new RuntimeCall.NextAsked());
        FunctionInvocation invocation = waiting.take();
        String id = invocation.requestId();
        invocation.pickUp(timeout);
        observer.accept(new RuntimeCall.NextAnswered(id));
        Headers headers = Headers.of(
                "Content-Type",
                "application/json",
                "Lambda-Runtime-Aws-Request-Id",
                id,
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(clock.instant().plus(timeout).toEpochMilli()),
                "Lambda-Runtime-Invoked-Function-Arn",
                FUNCTION_ARN,
                "Lambda-Runtime-Trace-Id",
                "Root=1-" + traceOf(id) + ";Sampled=0");
        try {
            exchange.answer(200, headers, invocation.event());
        } catch (IOException e) {
            broken(invocation, FunctionError.EXITED);
            throw e;
        }
    }

    /** X-Ray's form: 8 and 24 hexadecimal digits. */
    private static String traceOf(String requestId) {
        String digits = requestId.replace("-", "").toLowerCase(Locale.ROOT);
        return digits.substring(0, 8) + "-" + digits.substring(8);
    }

    private void restoreNext(Exchange exchange) throws IOException, InterruptedException {
        observer.accept(new RuntimeCall.RestoreAsked());
        restored.await();
        observer.accept(new RuntimeCall.Restored());
        exchange.answer(200, Headers.NONE, new byte[0]);
    }

    private void error(Exchange exchange, String id) throws IOException {
        Optional<FunctionInvocation> invocation = Optional.ofNullable(unfinished.get(id));
        FunctionError error = FunctionError.posted(exchange);
        if (invocation.isEmpty()) {
            reject(exchange, 400, "InvalidRequestID");
            return;
        }
        observer.accept(new RuntimeCall.ErrorPosted(id, error));
        if (!invocation.get().fail(error)) {
            reject(exchange, 403, "InvalidStateTransition");
            return;
        }
        unfinished.remove(id);
        accept(exchange);
    }

    private void response(Exchange exchange, String id) throws IOException, InterruptedException {
        Optional<FunctionInvocation> invocation = Optional.ofNullable(unfinished.get(id));
        if (invocation.isEmpty()) {
            reject(exchange, 400, "InvalidRequestID");
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
        } catch (IOException e) {
            broken(invocation.get(), FunctionError.EXITED);
            throw e;
        }
        Optional<FunctionError> error = FunctionError.trailing(exchange.trailers());
        if (error.isPresent()) {
            broken(invocation.get(), error.get());
        } else {
            unfinished.remove(id);
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

    private void broken(FunctionInvocation invocation, FunctionError error) {
        unfinished.remove(invocation.requestId());
        observer.accept(new RuntimeCall.ResponseBroken(invocation.requestId(), error));
        invocation.fail(error);
    }

    private static void accept(Exchange exchange) throws IOException {
        json(exchange, 202, "{\"status\":\"OK\"}");
    }

    private static void reject(Exchange exchange, int status, String type) throws IOException {
        json(exchange, status, "{\"errorMessage\":\"\",\"errorType\":\"" + type + "\"}");
    }

    private static void json(Exchange exchange, int status, String text) throws IOException {
        exchange.answer(status, Headers.of("Content-Type", "application/json"), text.getBytes(StandardCharsets.UTF_8));
    }
}
