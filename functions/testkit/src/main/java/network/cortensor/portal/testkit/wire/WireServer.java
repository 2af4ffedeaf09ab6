package network.cortensor.portal.testkit.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An HTTP/1.1 server on the loopback interface, one virtual thread per connection, connections kept for further requests.
 *
 * <p>Made for emulators: it is exact about chunks, trailers and broken connections, has no time-outs and no TLS, and trusts its
 * clients to be few thousand at most.
 */
public final class WireServer implements AutoCloseable {
    /** Connections that may wait to be accepted: more than any test or local run opens at once. */
    private static final int BACKLOG = 1024;

    private final ServerSocket listener;
    private final ExchangeHandler handler;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong connections = new AtomicLong();

    private WireServer(ServerSocket listener, ExchangeHandler handler) {
        this.listener = listener;
        this.handler = handler;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @throws java.net.BindException if the port is in use
     */
    public static WireServer start(int port, ExchangeHandler handler) throws IOException {
        WireServer server = new WireServer(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()), handler);
        server.threads.execute(server::accept);
        return server;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Host and port, such as {@code 127.0.0.1:9001}. */
    public String address() {
        return listener.getInetAddress().getHostAddress() + ":" + port();
    }

    /** How many connections were ever accepted. */
    public long connections() {
        return connections.get();
    }

    /** Interrupts every handler and every read, which closes their connections, and waits until all threads have ended. */
    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        threads.close();
    }

    private void accept() {
        try {
            while (true) {
                admit(listener.accept());
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException("no further connection can be accepted", e);
            }
        }
    }

    private void admit(Socket connection) throws IOException {
        long number = connections.incrementAndGet();
        try {
            threads.execute(() -> serve(connection, number));
        } catch (RejectedExecutionException e) {
            connection.close();
        }
    }

    private void serve(Socket connection, long number) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean another = true;
            while (another) {
                another = exchange(connection, number, in);
            }
        } catch (IOException e) {
            // The client is gone, or the handler gave the answer up: either way the closed connection says it.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean exchange(Socket connection, long number, InputStream in) throws IOException, InterruptedException {
        Optional<ServerExchange> exchange = Optional.empty();
        try {
            Optional<RequestHead> head = RequestHead.read(in);
            if (head.isEmpty()) {
                return false;
            }
            exchange = Optional.of(new ServerExchange(connection, number, in, head.get()));
            handler.handle(exchange.get());
            return exchange.get().finish();
        } catch (BadRequest e) {
            if (exchange.map(ServerExchange::untouched).orElse(true)) {
                refuse(connection, e);
            }
            return false;
        }
    }

    private static void refuse(Socket connection, BadRequest reason) throws IOException {
        String text = "HTTP/1.1 " + reason.status() + " \r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
