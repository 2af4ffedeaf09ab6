package network.cortensor.portal.testkit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import network.cortensor.portal.testkit.wire.RequestHead;
import network.cortensor.portal.testkit.wire.ServerExchange;
import network.cortensor.portal.testkit.wire.WireServer;

/**
 * A {@link WireServer} of a simulated peer: it reads whole requests, gives every byte of an answer into the handler's hand, and can die and come back.
 *
 * <p>{@link #stop} is like the death of the process: connects are refused and every open connection breaks. {@link #restart} revives
 * it on the same port. Both are for one thread at a time.
 */
public final class HttpServer implements AutoCloseable {
    private final HttpHandler handler;
    private WireServer wire;
    private long earlier;
    private boolean stopped;

    private HttpServer(int port, HttpHandler handler) {
        this.handler = handler;
        this.wire = listen(port);
    }

    /**
     * @param port 0 for any free one
     * @throws UncheckedIOException if the port is taken
     */
    public static HttpServer start(int port, HttpHandler handler) {
        return new HttpServer(port, handler);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + wire.port());
    }

    /** How many connections were ever accepted. */
    public long connections() {
        return earlier + wire.connections();
    }

    /** Closes the port and breaks all connections; returns when no thread works on any. Calling it again changes nothing. */
    public void stop() {
        stopped = true;
        try {
            wire.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Serves again, on the same port.
     *
     * @throws UncheckedIOException if somebody else has taken the port
     * @throws IllegalStateException if it was not stopped
     */
    public void restart() {
        if (!stopped) {
            throw new IllegalStateException("still running");
        }
        long until = connections();
        wire = listen(wire.port());
        earlier = until;
        stopped = false;
    }

    @Override
    public void close() {
        stop();
    }

    private WireServer listen(int port) {
        try {
            return WireServer.start(port, this::serve);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port, e);
        }
    }

    private void serve(ServerExchange exchange) throws IOException {
        String body = new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer = new Answer(exchange);
        try {
            handler.handle(request(exchange, body), answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.reset();
        }
    }

    private PeerRequest request(ServerExchange exchange, String body) {
        RequestHead head = exchange.head();
        Map<String, String> headers = new HashMap<>();
        head.headers().all().forEach(header -> headers.put(header.name(), header.value()));
        long connection = earlier + exchange.connection();
        return new PeerRequest(head.method(), head.path(), head.query(), headers, body, connection);
    }
}
