package network.cortensor.portal.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import network.cortensor.portal.benchmarks.machine.Machine;

/**
 * Puts the product and other gateways before the same model server, and writes {@code peers.md} into the folder that is its argument. Packages
 * are fetched into {@code functions/benchmarks/target/peers} at the first run; the measurement itself takes about fifteen minutes.
 */
public final class PeersMain {
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration MEASURED = Duration.ofSeconds(12);
    private static final Duration BESIDE = Duration.ofSeconds(5);

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

    private static Map<String, List<String>> measure(LoadTool tool, List<Peer> peers)
            throws Unavailable, InterruptedException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Peer peer : peers) {
            System.out.println("Measuring: " + peer.name());
            rows.put(peer.name(), row(tool, peer));
        }
        return rows;
    }

    private static List<String> row(LoadTool tool, Peer peer) throws Unavailable, InterruptedException {
        try {
            peer.install();
        } catch (Unavailable e) {
            return List.of("left out: " + e.getMessage());
        }
        List<String> cells = new ArrayList<>();
        for (Load load : Load.ALL) {
            cells.add(cell(tool, peer, load));
            System.out.println("  " + load.title() + ": " + cells.getLast());
        }
        return cells;
    }

    private static String cell(LoadTool tool, Peer peer, Load load) throws Unavailable, InterruptedException {
        try (LoadTool.Server upstream = tool.upstream(load.gap())) {
            Gateway direct = new Gateway(Gateway.completionsOf(upstream.url()), Map.of(), List.of());
            try (Gateway gateway = peer.start(upstream.url())) {
                return measured(tool, direct, gateway, load);
            } catch (Unavailable e) {
                return "left out: " + e.getMessage();
            }
        }
    }

    private static String measured(LoadTool tool, Gateway direct, Gateway gateway, Load load)
            throws Unavailable, InterruptedException {
        LoadTool.Seen warm = tool.customers(gateway, load.streams(), WARM_UP);
        if (warm.requests() == 0) {
            return "no answer: " + warm.firstFailure();
        }
        LoadTool.Seen beside = tool.customers(direct, load.streams(), BESIDE);
        Duration before = gateway.processorTime();
        LoadTool.Seen through = tool.customers(gateway, load.streams(), MEASURED);
        return new Row(beside, through, gateway.processorTime().minus(before)).cell();
    }

    private static String report(Map<String, List<String>> rows) throws IOException {
        String titles = Load.ALL.stream().map(Load::title).collect(Collectors.joining(" | "));
        String table = rows.entrySet().stream()
                .map(row -> "| " + row.getKey() + " | " + String.join(" | ", row.getValue()) + " |")
                .collect(Collectors.joining("\n"));
        return """
            %s, %s, load average at the end %s. Added to the first token, p50 / p99 in ms (requests a second, processor time per request of all the gateway's processes).

            | 50 tokens an answer, the first after 50 ms | %s |
            |---%s|
            %s
            """.formatted(
                        Machine.name(),
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.loadAverage(),
                        titles,
                        "|---".repeat(Load.ALL.size()),
                        table);
    }
}
