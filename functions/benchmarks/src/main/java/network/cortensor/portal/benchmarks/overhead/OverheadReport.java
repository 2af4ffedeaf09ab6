package network.cortensor.portal.benchmarks.overhead;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import network.cortensor.portal.benchmarks.machine.Percentiles;
import network.cortensor.portal.benchmarks.overhead.Pairs.Pair;
import network.cortensor.portal.benchmarks.overhead.Runs.Relayed;

/**
 * The results as Markdown.
 *
 * @param machine its name and what others did on it meanwhile
 * @param peakMebibytes of the product's process, whose 64 environments share one JVM with tables and emulators
 */
record OverheadReport(String machine, LocalDate date, List<Pairs> pairs, List<Relayed> relayed, long peakMebibytes) {
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    String markdown() {
        return """
                %s, %s, JDK %s; the product in one JVM with the wrapper's options, its tables and the emulators of AWS included. Times in ms, p50 / p99.

                | streams at once | pairs | first token, direct | first token, through | added to the first token | added to the end | processor time per request |
                |---|---|---|---|---|---|---|
                %s
                | streams at once | tokens passed on per second | processor time per token |
                |---|---|---|
                %s
                The product's process never had more than %d MiB in use.
                """.formatted(machine, date, Runtime.version().feature(), paired(), relays(), peakMebibytes);
    }

    private String paired() {
        return pairs.stream().map(OverheadReport::row).collect(Collectors.joining());
    }

    private static String row(Pairs pairs) {
        return String.format(
                Locale.ROOT,
                "| %d | %d | %s | %s | **%s** | **%s** | %.1f |%n",
                pairs.streams(),
                pairs.all().size(),
                both(pairs.of(pair -> pair.direct().firstToken())),
                both(pairs.of(pair -> pair.through().firstToken())),
                both(pairs.of(Pair::addedToFirstToken)),
                both(pairs.of(Pair::addedToEnd)),
                millis(pairs.processorTimePerRequest()));
    }

    private String relays() {
        return relayed.stream()
                .map(run -> String.format(
                        Locale.ROOT,
                        "| %d | %,.0f | %.0f µs |%n",
                        run.streams(),
                        run.perSecond(),
                        run.processorTimePerToken().toNanos() / 1e3))
                .collect(Collectors.joining());
    }

    private static String both(Percentiles values) {
        return String.format(Locale.ROOT, "%.1f / %.1f", millis(values.at(MEDIAN)), millis(values.at(TAIL)));
    }

    static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
