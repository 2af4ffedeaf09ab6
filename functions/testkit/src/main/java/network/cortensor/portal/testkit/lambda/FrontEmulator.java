package network.cortensor.portal.testkit.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import network.cortensor.portal.testkit.lambda.FunctionInvocation.Beginning;
import network.cortensor.portal.testkit.wire.Headers;
import network.cortensor.portal.testkit.wire.ServerExchange;
import network.cortensor.portal.testkit.wire.WireServer;

/**
 * An HTTP front before a function: turns each request into an event, and the function's framed stream back into an answer, chunk by
 * chunk.
 *
 * <p>A function that fails before its prelude is whole gives the front's own 502; one that fails later leaves the customer with an
 * answer that was cut. When a customer goes away the function is not told: it runs on, and what it still says is dropped, as on AWS.
 */
public final class FrontEmulator implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The front frames the answer itself, so a function's word on it is dropped. */
    private static final Set<String> FRAMING =
            Set.of("connection", "content-length", "keep-alive", "trailer", "transfer-encoding", "upgrade");

    private final EmulatedFront front;
    private final RuntimeApiEmulator function;
    private final InstantSource clock;
    private final WireServer server;

    private FrontEmulator(int port, EmulatedFront front, RuntimeApiEmulator function, InstantSource clock)
            throws IOException {
        this.front = front;
        this.function = function;
        this.clock = clock;
        this.server = WireServer.start(port, this::handle);
    }

    /**
     * Starts to listen on the loopback interface.
     *
     * @param port 0 for any free one
     * @throws java.net.BindException if the port is in use
     */
    public static FrontEmulator start(int port, EmulatedFront front, RuntimeApiEmulator function, InstantSource clock)
            throws IOException {
        return new FrontEmulator(port, front, function, clock);
    }

    /** Scheme, host and port, without a path. */
    public URI url() {
        return URI.create("http://localhost:" + server.port());
    }

    /** Closes every connection; the function runs on. */
    @Override
    public void close() throws IOException {
        server.close();
    }

    private void handle(ServerExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.body().readNBytes(front.bodyLimit() + 1);
        if (body.length > front.bodyLimit()) {
            refuse(exchange, front.tooLarge());
            return;
        }
        Incoming.Arrival arrival = new Incoming.Arrival(
                UUID.randomUUID().toString(), clock.instant(), exchange.client().getHostAddress(), server.port());
        switch (front.admit(new Incoming(exchange.head(), body, arrival))) {
            case EmulatedFront.Admission.Refused(EmulatedFront.Refusal refusal) -> refuse(exchange, refusal);
            case EmulatedFront.Admission.Event(var json) -> invoke(exchange, JSON.writeValueAsBytes(json));
        }
    }

    private void invoke(ServerExchange exchange, byte[] event) throws IOException, InterruptedException {
        if (event.length > EmulatedFront.EVENT_LIMIT) {
            refuse(exchange, front.tooLarge());
            return;
        }
        switch (function.invoke(event).beginning()) {
            case Beginning.Failed _ -> refuse(exchange, front.functionFailed());
            case Beginning.Begun(String contentType, InputStream body) -> {
                try (body) {
                    relay(exchange, contentType, body);
                }
            }
        }
    }

    private void relay(ServerExchange exchange, String contentType, InputStream response) throws IOException {
        ResponsePrelude prelude;
        try {
            prelude = ResponsePrelude.read(contentType, response);
        } catch (ResponsePrelude.Malformed | BrokenResponse e) {
            refuse(exchange, front.functionFailed());
            return;
        }
        OutputStream customer = exchange.stream(prelude.status(), withoutFraming(prelude.headers()));
        try {
            response.transferTo(customer);
        } catch (BrokenResponse e) {
            exchange.breakOff();
            return;
        }
        // Not in a finally: closing says that the answer is whole.
        customer.close();
    }

    private static Headers withoutFraming(Headers headers) {
        return new Headers(headers.all().stream()
                .filter(header -> !FRAMING.contains(header.name().toLowerCase(Locale.ROOT)))
                .toList());
    }

    private static void refuse(ServerExchange exchange, EmulatedFront.Refusal refusal) throws IOException {
        Headers headers = Headers.of("Content-Type", refusal.contentType());
        exchange.answer(refusal.status(), headers, refusal.body().getBytes(StandardCharsets.UTF_8));
    }
}
