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
import network.cortensor.portal.benchmarks.machine.Machine;

/**
 * One process of many streams beside single environments, under an emulated Runtime API. The table goes to {@code streams.md} in the directory that is
 * named, together with how busy the machine was.
 */
public final class StreamsMain {
    private static final int MOST = 256;
    private static final int SHORT = 50;
    private static final int LONG = 500;

    private static final List<FunctionServing> SERVINGS = List.of(
            new FunctionServing.OneProcess(1),
            new FunctionServing.OneProcess(16),
            new FunctionServing.OneProcess(64),
            new FunctionServing.OneProcess(MOST),
            new FunctionServing.Singles(64));

    private StreamsMain() {}

    /** @param args the directory of results */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (StreamsEnvironment ground = StreamsEnvironment.start(MOST)) {
            List<ProcessHandle> ours =
                    List.of(ProcessHandle.current(), ground.local().handle());
            Machine.Moment start = Machine.moment(ours);
            List<Row> rows = new ArrayList<>();
            for (FunctionServing serving : SERVINGS) {
                rows.add(measure(serving, ground));
                System.out.println(rows.getLast().markdown());
            }
            Machine.Load load = start.until(Machine.moment(ours));
            Path result = Path.of(args[0]).resolve("streams.md");
            Files.writeString(result, report(rows, load));
            System.out.println(result);
        }
        System.exit(0);
    }

    private static Row measure(FunctionServing serving, StreamsEnvironment ground)
            throws IOException, InterruptedException {
        int customers = serving.atOnce();
        try (StreamsFunction function = StreamsFunction.start(serving, ground)) {
            function.ask(StreamsEnvironment.BRISK, customers, Math.clamp(400 / customers, 3, 100), SHORT);
            function.countAnew();
            int times = Math.clamp(128 / customers, 2, 16);
            Cost paced = Cost.of(function, StreamsEnvironment.PACED, customers, times, SHORT);
            StreamsFunction.Units units = function.units();
            Cost brief = Cost.of(function, StreamsEnvironment.BRISK, customers, times, SHORT);
            Cost whole = Cost.of(function, StreamsEnvironment.BRISK, customers, times, LONG);
            Duration perToken = whole.perRequest().minus(brief.perRequest()).dividedBy(LONG - SHORT);
            return new Row(
                    serving,
                    paced,
                    perToken,
                    units.read() / paced.answers().size(),
                    units.written() / paced.answers().size(),
                    function.process().peakMebibytes());
        }
    }

    /** Some requests, and the processor time that they took of the function. */
    private record Cost(List<StreamsFunction.Answer> answers, int refused, Duration processorTime) {
        static Cost of(StreamsFunction function, String model, int customers, int times, int tokens)
                throws InterruptedException {
            Duration before = function.process().processorTime();
            List<StreamsFunction.Answer> answers = function.ask(model, customers, times, tokens);
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
                    .map(StreamsFunction.Answer::firstToken)
                    .sorted()
                    .toList();
            Duration at = sorted.get(Math.clamp((long) Math.ceil(share * sorted.size()) - 1, 0, sorted.size() - 1));
            return at.minus(StreamsEnvironment.LATENCY).toNanos() / 1e6;
        }
    }

    private record Row(
            FunctionServing serving, Cost paced, Duration perToken, double read, double written, long peakMebibytes) {
        String markdown() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.0f | %.1f / %.1f | %.2f | %.2f | %d | %d of %d |",
                    serving.words(),
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

    private static String report(List<Row> rows, Machine.Load load) throws IOException {
        return """
            %s, %s, JDK %s; %s. The function in a process of its own with the wrapper's options for 2 GB; tables, routers and emulators in others. A request
            is an answer of %d tokens, 50 a second, the first after %d ms.

            | the function | CPU per request, ms | CPU per token, µs (1,000 a second) | added to the first token, ms, p50 / p99 | read units per request | written | peak resident, MiB | answers that failed |
            |---|---|---|---|---|---|---|---|
            %s
            """.formatted(
                        Machine.name(),
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.version().feature(),
                        load.words() + (load.quiet() ? "" : " – a rehearsal on a busy machine, of no worth"),
                        SHORT,
                        StreamsEnvironment.LATENCY.toMillis(),
                        rows.stream().map(Row::markdown).collect(Collectors.joining("\n")));
    }
}
