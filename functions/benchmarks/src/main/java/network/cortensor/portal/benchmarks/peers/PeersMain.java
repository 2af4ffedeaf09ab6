package network.cortensor.portal.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import network.cortensor.portal.benchmarks.machine.Machine;

/**
 * Puts the product and other gateways before the same model server, and writes {@code peers.md} into the folder that is its argument. Packages
 * are fetched into {@code functions/benchmarks/target/peers} at the first run; the measurement itself takes about seven minutes.
 */
public final class PeersMain {
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration MEASURED = Duration.ofSeconds(7);

    private PeersMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("functions/benchmarks/target/peers"))
                .toAbsolutePath();
        try {
            LoadTool tool = LoadTool.build(folder);
            List<Peer> peers = List.of(
                    new NginxProxy(folder),
                    new Envoy(folder),
                    new GoProxy(tool),
                    new Portkey(folder),
                    new LiteLlm(folder),
                    new Ours(folder, Ours.Front.FUNCTION_URL),
                    new Ours(folder, Ours.Front.API_GATEWAY));
            String report = report(measure(tool, peers));
            Path results = Files.createDirectories(Path.of(args[0])).resolve("peers.md");
            Files.writeString(results, report);
            System.out.println(report);
        } catch (Unavailable e) {
            System.err.println("Nothing is measured: " + e.getMessage() + " (expected: Go on the path, which customers"
                    + " and model server are built with)");
            System.exit(1);
        }
    }

    private static Map<Peer, List<Cell>> measure(LoadTool tool, List<Peer> peers)
            throws Unavailable, InterruptedException {
        Map<Load, LoadTool.Seen> direct = new LinkedHashMap<>();
        for (Load load : Load.ALL) {
            try (LoadTool.Server upstream = tool.upstream(load.gap())) {
                Gateway none = new Gateway(Gateway.completionsOf(upstream.url()), Map.of(), List.of());
                direct.put(load, tool.customers(none, load.streams(), MEASURED));
            }
        }
        Map<Peer, List<Cell>> cells = new LinkedHashMap<>();
        for (Peer peer : peers) {
            System.out.println("Measuring: " + peer.name());
            cells.put(peer, new PeerVisit(tool, peer, direct).cells());
            cells.get(peer).forEach(cell -> System.out.println("  " + cell.words()));
        }
        return cells;
    }

    /**
     * A gateway's turn. It is started once before each model server, and is warm before it is measured.
     *
     * @param direct what customers see without a gateway
     */
    private record PeerVisit(LoadTool tool, Peer peer, Map<Load, LoadTool.Seen> direct) {
        List<Cell> cells() throws InterruptedException {
            try {
                peer.install();
            } catch (Unavailable e) {
                return Load.ALL.stream().<Cell>map(_ -> leftOut(e)).toList();
            }
            Map<Load, Cell> cells = new LinkedHashMap<>();
            for (Duration gap : List.of(Load.SLOW, Load.FAST)) {
                List<Load> loads =
                        Load.ALL.stream().filter(load -> load.gap().equals(gap)).toList();
                try (LoadTool.Server upstream = tool.upstream(gap);
                        Gateway gateway = peer.start(upstream.url())) {
                    tool.customers(gateway, loads.getLast().streams(), WARM_UP);
                    for (Load load : loads) {
                        cells.put(load, cell(gateway, load));
                    }
                } catch (Unavailable e) {
                    loads.forEach(load -> cells.putIfAbsent(load, leftOut(e)));
                }
            }
            return Load.ALL.stream()
                    .map(load -> cells.getOrDefault(load, new Cell.Missing("not measured")))
                    .toList();
        }

        private Cell cell(Gateway gateway, Load load) throws Unavailable, InterruptedException {
            tool.customers(gateway, load.streams(), SETTLE);
            Duration before = gateway.processorTime();
            LoadTool.Seen through = tool.customers(gateway, load.streams(), MEASURED);
            if (through.requests() == 0) {
                return new Cell.Missing("no answer: " + through.firstFailure());
            }
            return new Cell.Measured(new Row(
                    direct.getOrDefault(load, through),
                    through,
                    gateway.processorTime().minus(before)));
        }

        private static Cell leftOut(Unavailable e) {
            return new Cell.Missing("left out: " + e.getMessage());
        }
    }

    private static String report(Map<Peer, List<Cell>> cells) throws IOException {
        String titles = Load.ALL.stream().map(Load::title).collect(Collectors.joining(" | "));
        String table = cells.entrySet().stream()
                .map(row -> "| " + row.getKey().name() + " | "
                        + row.getValue().stream().map(Cell::words).collect(Collectors.joining(" | ")) + " |")
                .collect(Collectors.joining("\n"));
        return """
            %s, %s, load average at the end %s. Added to the first token, p50 / p99 in ms (requests a second, processor time per request of all the gateway's processes).

            | 50 tokens an answer, the first after 50 ms | %s |
            |---%s|
            %s

            %s
            """.formatted(
                        Machine.name(),
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.loadAverage(),
                        titles,
                        "|---".repeat(Load.ALL.size()),
                        table,
                        new Verdicts(cells).markdown());
    }
}
