package network.cortensor.portal.benchmarks.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A gateway that runs.
 *
 * @param completions where customers ask for chat completions
 * @param headers what its customers send besides; the values of one name take turns
 * @param processes those that were started for it; their children count with them
 */
record Gateway(URI completions, Map<String, List<String>> headers, List<ProcessHandle> processes)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final String PATH = "/v1/chat/completions";

    /** One that listens on {@code port} of this machine soon. */
    static Gateway at(int port, Map<String, String> headers, Process process) throws Unavailable, InterruptedException {
        Gateway gateway = new Gateway(
                URI.create("http://127.0.0.1:" + port + PATH), listed(headers), List.of(process.toHandle()));
        for (long waited = 0; waited < PATIENCE.toMillis() && process.isAlive(); waited += LOOK.toMillis()) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return gateway;
            } catch (IOException e) {
                Thread.sleep(LOOK);
            }
        }
        gateway.close();
        throw new Unavailable(process.isAlive() ? "it did not listen within two minutes" : "it ended at its start");
    }

    private static Map<String, List<String>> listed(Map<String, String> headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    }

    /** Its own completions. */
    static URI completionsOf(URI server) {
        return URI.create(server + PATH);
    }

    static int freePort() throws Unavailable {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Unavailable("no port is free");
        }
    }

    /** Of all its processes, since they began. */
    Duration processorTime() {
        return all().flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private Stream<ProcessHandle> all() {
        return processes.stream().flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
    }

    @Override
    public void close() {
        all().toList().forEach(ProcessHandle::destroy);
    }
}
