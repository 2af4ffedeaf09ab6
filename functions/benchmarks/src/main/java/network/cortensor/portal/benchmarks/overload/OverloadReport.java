package network.cortensor.portal.benchmarks.overload;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import network.cortensor.portal.benchmarks.machine.Percentiles;
import network.cortensor.portal.benchmarks.overload.Fairness.Got;

/**
 * The results as Markdown.
 *
 * @param machine its name and what others did on it meanwhile
 */
record OverloadReport(String machine, LocalDate date, List<Overload> overloads, Fairness fairness) {
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    String markdown() {
        return """
                %s; %s, JDK %s. The local product in its default form (one process of 64 streams), %d sessions of capacity 1, answers of about three seconds, requests may wait 15 s for a slot; \
                windows of %d s. Customers that were refused really waited as `retry-after` told them. Times in seconds, p50 / p99.

                | customers for each session | requests | served | served after | refused | refused after | came back as told | of these served | other ends | memory in MiB, four parts of the time |
                |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
                %s
                Memory is the resident set of the product's process, which holds the tables and the emulators of AWS, too.

                Two customers of the same sessions, in answers a minute; each wants more than half:

                | requests at once | alone | together | of what it gets alone |
                |---:|---:|---:|---:|
                %s%s
                Neither is to get less than %.0f %%: that is %s here.
                """.formatted(
                        machine,
                        date,
                        Runtime.version().feature(),
                        OverloadEnvironment.SESSIONS,
                        overloads.getFirst().window().toSeconds(),
                        overloads.stream().map(OverloadReport::row).collect(Collectors.joining()),
                        row(fairness.few()),
                        row(fairness.many()),
                        Fairness.LEAST * 100,
                        fairness.holds() ? "so" : "not so");
    }

    private static String row(Overload overload) {
        return String.format(
                Locale.ROOT,
                "| %d | %d | **%.0f %%** | %s | %d | %s | %d | %s | %d | %s |%n",
                overload.times(),
                overload.visits().size(),
                overload.served() * 100,
                both(overload.answerTimes()),
                overload.refusalTimes().size(),
                both(overload.refusalTimes()),
                overload.cameBack(),
                overload.cameBack() == 0
                        ? "–"
                        : String.format(Locale.ROOT, "**%.0f %%**", overload.servedAsTold() * 100),
                overload.otherwise(),
                overload.memory().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private static String row(Got got) {
        return String.format(
                Locale.ROOT,
                "| %d | %.0f | %.0f | **%.0f %%** |%n",
                got.callers(),
                got.alone(),
                got.together(),
                got.share() * 100);
    }

    private static String both(List<Duration> times) {
        if (times.isEmpty()) {
            return "–";
        }
        Percentiles values = new Percentiles(times);
        return String.format(Locale.ROOT, "%.1f / %.1f", seconds(values.at(MEDIAN)), seconds(values.at(TAIL)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
