package network.cortensor.portal.testkit.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves HTTP/1.1 on a loopback port, one virtual thread per connection, connections kept alive until the peer or the handler closes
 * them.
 *
 * <p>{@link #stop} is like the death of the process: connects are refused and every open connection breaks. {@link #restart} revives
 * it on the same port. Both are for one thread at a time.
 */
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final HttpHandler handler;
    private final AtomicLong connections = new AtomicLong();
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;

    private HttpServer(ServerSocket listener, HttpHandler handler) {
        this.listener = listener;
        this.handler = handler;
    }

    /**
     * @param port 0 for any free one
     * @throws UncheckedIOException if the port is taken
     */
    public static HttpServer start(int port, HttpHandler handler) {
        HttpServer server = new HttpServer(listen(port), handler);
        server.accept(server.listener);
        return server;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** How many connections were ever accepted. */
    public long connections() {
        return connections.get();
    }

    /** Closes the port and breaks all connections; returns when no thread works on any. Calling it again changes nothing. */
    public void stop() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean interrupted = false;
        while (!workers.isEmpty()) {
            for (Thread worker : workers) {
                worker.interrupt();
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Serves again, on the same port.
     *
     * @throws UncheckedIOException if somebody else has taken the port
     * @throws IllegalStateException if it was not stopped
     */
    public void restart() {
        if (!listener.isClosed()) {
            throw new IllegalStateException("still running");
        }
        listener = listen(listener.getLocalPort());
        accept(listener);
    }

    @Override
    public void close() {
        stop();
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), BACKLOG);
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port, e);
        }
    }

    private void accept(ServerSocket from) {
        work(() -> {
            while (true) {
                try {
                    Socket socket = from.accept();
                    long connection = connections.incrementAndGet();
                    work(() -> serve(socket, connection));
                } catch (IOException e) {
                    if (from.isClosed()) {
                        return;
                    }
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private void work(Runnable task) {
        Thread worker = Thread.ofVirtual().unstarted(() -> {
            try {
                task.run();
            } finally {
                workers.remove(Thread.currentThread());
            }
        });
        workers.add(worker);
        worker.start();
    }

    private void serve(Socket socket, long connection) {
        try (socket) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            RequestReader requests =
                    new RequestReader(new BufferedInputStream(socket.getInputStream()), out, connection);
            Answer answer = new Answer(socket, out);
            while (answer.isOpen()) {
                Optional<PeerRequest> request = requests.next();
                if (request.isEmpty()) {
                    return;
                }
                serve(request.get(), answer);
            }
        } catch (IOException e) {
            // The peer broke off or does not speak HTTP: there is nobody to tell.
        }
    }

    private void serve(PeerRequest request, Answer answer) {
        try {
            handler.handle(request, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.reset();
            return;
        }
        if (request.header("connection").filter("close"::equalsIgnoreCase).isPresent()) {
            answer.hangUp();
        }
    }
}
