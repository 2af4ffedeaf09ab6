package network.cortensor.portal.benchmarks.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import network.cortensor.portal.benchmarks.function.CommitBefore;
import network.cortensor.portal.benchmarks.function.FunctionBuild;
import network.cortensor.portal.benchmarks.function.FunctionGround;
import network.cortensor.portal.benchmarks.function.FunctionServing;
import network.cortensor.portal.benchmarks.function.MeasuredFunction;
import network.cortensor.portal.benchmarks.function.MeasuredFunction.Watched;
import network.cortensor.portal.benchmarks.machine.Machine;

/**
 * One process of many streams beside single environments, under an emulated Runtime API. The table goes to {@code streams.md} in the directory that is
 * named, together with how busy the machine was.
 */
public final class StreamsMain {
    private static final int MOST = 256;
    private static final int SHORT = 50;
    private static final int LONG = 500;
    private static final int MEBIBYTES = 2_048;
    private static final int WARM_UP = Integer.getInteger("portal.requests", 3_000);
    private static final Path BEFORE = Path.of("functions/benchmarks/target/before");

    private static final List<FunctionServing> SERVINGS = List.of(
            new FunctionServing.OneProcess(1),
            new FunctionServing.OneProcess(16),
            new FunctionServing.OneProcess(64),
            new FunctionServing.OneProcess(MOST),
            new FunctionServing.Singles(64));

    /** Which of them is compared with the commit before: 64 streams of one process. */
    private static final int COMPARED = 2;

    private StreamsMain() {}

    /** @param args the directory of results */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (FunctionGround ground = FunctionGround.start(MOST)) {
            List<ProcessHandle> ours =
                    List.of(ProcessHandle.current(), ground.local().handle());
            Machine.Moment start = Machine.moment(ours);
            List<Row> rows = new ArrayList<>();
            for (FunctionServing serving : SERVINGS) {
                rows.add(measure(FunctionBuild.THIS, serving, ground));
                System.out.println(rows.getLast().markdown());
            }
            String ratio = beside(rows, ground);
            Machine.Load load = start.until(Machine.moment(ours));
            Path result = Path.of(args[0]).resolve("streams.md");
            Files.writeString(result, report(rows, ratio, load));
            System.out.println(result);
        }
        System.exit(0);
    }

    private static Row measure(FunctionBuild build, FunctionServing serving, FunctionGround ground)
            throws IOException, InterruptedException {
        int customers = serving.atOnce();
        MeasuredFunction.Units units = units(serving, customers, ground);
        try (MeasuredFunction function = MeasuredFunction.start(build, serving, MEBIBYTES, Watched.NOTHING, ground)) {
            // A process of many streams lives for days: its compilers have done their work.
            function.ask(FunctionGround.BRISK, customers, Math.clamp(WARM_UP / customers, 3, 100), SHORT);
            int times = Math.clamp(128 / customers, 2, 16);
            Cost paced = Cost.of(function, FunctionGround.PACED, customers, times, SHORT);
            Cost brief = Cost.of(function, FunctionGround.BRISK, customers, times, SHORT);
            Cost whole = Cost.of(function, FunctionGround.BRISK, customers, times, LONG);
            Duration perToken = whole.perRequest().minus(brief.perRequest()).dividedBy(LONG - SHORT);
            return new Row(
                    build.equals(FunctionBuild.THIS) ? serving.words() : build.words() + ", a single environment",
                    paced,
                    perToken,
                    units.read(),
                    units.written(),
                    function.process().peakMebibytes());
        }
    }

    /** Measures the commit before as well, and says how a request at 64 streams of one process compares with it. */
    private static String beside(List<Row> rows, FunctionGround ground) throws IOException, InterruptedException {
        return switch (CommitBefore.build(BEFORE)) {
            case CommitBefore.Found.Missing(String reason) -> "The commit before is left out: " + reason + ".";
            case CommitBefore.Found.Built(FunctionBuild build) -> {
                rows.add(measure(build, new FunctionServing.Singles(1), ground));
                double before = rows.getLast().paced().perRequest().toNanos();
                double now = rows.get(COMPARED).paced().perRequest().toNanos();
                yield String.format(
                        Locale.ROOT,
                        "A request at 64 streams of one process takes %.2f of the processor time that it took in a single environment of %s (wanted: ≤ 0.33, %s).",
                        now / before,
                        build.words(),
                        3 * now <= before ? "reached" : "not reached");
            }
        };
    }

    /** Per request, by a run of its own: counting costs processor time. */
    private static MeasuredFunction.Units units(FunctionServing serving, int customers, FunctionGround ground)
            throws IOException, InterruptedException {
        try (MeasuredFunction function =
                MeasuredFunction.start(FunctionBuild.THIS, serving, MEBIBYTES, Watched.TABLES, ground)) {
            function.ask(FunctionGround.BRISK, customers, 2, SHORT);
            function.countAnew();
            int answers =
                    function.ask(FunctionGround.PACED, customers, 2, SHORT).size();
            MeasuredFunction.Units units = function.units();
            return new MeasuredFunction.Units(units.read() / answers, units.written() / answers);
        }
    }

    /** Some requests, and the processor time that they took of the function. */
    private record Cost(List<MeasuredFunction.Answer> answers, int refused, Duration processorTime) {
        static Cost of(MeasuredFunction function, String model, int customers, int times, int tokens)
                throws InterruptedException {
            Duration before = function.process().processorTime();
            List<MeasuredFunction.Answer> answers = function.ask(model, customers, times, tokens);
            if (answers.isEmpty()) {
                throw new IllegalStateException("nobody got a whole answer");
            }
            return new Cost(
                    answers,
                    customers * times - answers.size(),
                    function.process().processorTime().minus(before));
        }

        Duration perRequest() {
            return processorTime.dividedBy(answers.size());
        }

        /** Beyond what the router itself takes, at this share of requests, in ms. */
        double added(double share) {
            List<Duration> sorted = answers.stream()
                    .map(MeasuredFunction.Answer::firstToken)
                    .sorted()
                    .toList();
            Duration at = sorted.get(Math.clamp((long) Math.ceil(share * sorted.size()) - 1, 0, sorted.size() - 1));
            return at.minus(FunctionGround.LATENCY).toNanos() / 1e6;
        }
    }

    private record Row(
            String function, Cost paced, Duration perToken, double read, double written, long peakMebibytes) {
        String markdown() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.0f | %.1f / %.1f | %.2f | %.2f | %d | %d of %d |",
                    function,
                    paced.perRequest().toNanos() / 1e6,
                    perToken.toNanos() / 1e3,
                    paced.added(0.5),
                    paced.added(0.99),
                    read,
                    written,
                    peakMebibytes,
                    paced.refused(),
                    paced.refused() + paced.answers().size());
        }
    }

    private static String report(List<Row> rows, String ratio, Machine.Load load) throws IOException {
        return """
            %s, %s, JDK %s; %s. The function in a process of its own with the wrapper's options for 2 GB; tables, routers and emulators in others. A request
            is an answer of %d tokens, 50 a second, the first after %d ms.

            | the function | CPU per request, ms | CPU per token, µs (1,000 a second) | added to the first token, ms, p50 / p99 | read units per request | written | peak resident, MiB | answers that failed |
            |---|---|---|---|---|---|---|---|
            %s

            %s
            """.formatted(
                        Machine.name(),
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.version().feature(),
                        load.words() + (load.quiet() ? "" : " – a rehearsal on a busy machine, of no worth"),
                        SHORT,
                        FunctionGround.LATENCY.toMillis(),
                        rows.stream().map(Row::markdown).collect(Collectors.joining("\n")),
                        ratio);
    }
}
