package network.cortensor.portal.benchmarks.overhead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import network.cortensor.portal.benchmarks.machine.Machine;
import network.cortensor.portal.benchmarks.machine.Machine.Load;
import network.cortensor.portal.benchmarks.machine.Machine.Moment;
import network.cortensor.portal.benchmarks.overhead.Runs.Relayed;

/**
 * Measures, and writes {@code overhead.md} and {@code overhead.svg} into the folder that is its argument; about two minutes. On a machine
 * that is busy with something else it says so and writes nothing; {@code -Dportal.anyway=true} makes it go on.
 */
public final class OverheadMain {
    private static final List<Integer> STREAMS = List.of(1, 16, 64);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration PAIRED = Duration.ofSeconds(25);
    private static final Duration RELAYED = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofSeconds(3);

    /** The build that came before this may still be felt. */
    private static final int LOOKS = 10;

    private OverheadMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        boolean anyway = Boolean.getBoolean("portal.anyway");
        if (!Machine.knows() && !anyway) {
            refuse("this machine does not say how busy it is (expected: Linux's /proc)");
            return;
        }
        try (Processes processes = Processes.start();
                Caller caller = new Caller(processes.router(), processes.product())) {
            Load before = awaitQuiet(processes);
            if (!before.quiet() && !anyway) {
                refuse("busy before the measurement: " + before.words());
                return;
            }
            Moment start = Machine.moment(processes.all());
            Results results = measure(new Runs(caller, processes.local()::processorTime));
            Load meanwhile = start.until(Machine.moment(processes.all()));
            if (!meanwhile.quiet() && !anyway) {
                refuse("busy during the measurement: " + meanwhile.words());
                return;
            }
            String machine =
                    Machine.name() + " (" + meanwhile.words() + "; load average at the end " + Machine.loadAverage()
                            + ")" + (meanwhile.quiet() ? "" : " – a rehearsal on a busy machine, of no worth");
            write(Path.of(args[0]), results, machine, processes.local().peakMebibytes());
        }
    }

    private record Results(List<Pairs> pairs, List<Relayed> relayed) {}

    private static Results measure(Runs runs) throws IOException, InterruptedException {
        System.out.println("Warming up");
        runs.paired(STREAMS.getLast(), WARM_UP);
        runs.relayed(STREAMS.getLast(), WARM_UP);
        List<Pairs> pairs = new ArrayList<>();
        List<Relayed> relayed = new ArrayList<>();
        for (int streams : STREAMS) {
            System.out.println("Streams at once: " + streams);
            pairs.add(runs.paired(streams, PAIRED));
            relayed.add(runs.relayed(streams, RELAYED));
        }
        return new Results(pairs, relayed);
    }

    private static Load awaitQuiet(Processes processes) throws IOException, InterruptedException {
        Load load = look(processes);
        for (int looks = 1; looks < LOOKS && !load.quiet(); looks++) {
            load = look(processes);
        }
        return load;
    }

    private static Load look(Processes processes) throws IOException, InterruptedException {
        Moment before = Machine.moment(processes.all());
        Thread.sleep(LOOK);
        return before.until(Machine.moment(processes.all()));
    }

    private static void write(Path folder, Results results, String machine, long peakMebibytes) throws IOException {
        OverheadReport report = new OverheadReport(
                machine, LocalDate.now(ZoneOffset.UTC), results.pairs(), results.relayed(), peakMebibytes);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("overhead.md"), report.markdown());
        Files.writeString(folder.resolve("overhead.svg"), new Plot(results.pairs()).svg());
        System.out.println(report.markdown());
    }

    private static void refuse(String why) {
        System.err.println(
                "Nothing is reported, " + why + ". A busy machine measures itself; try again when it is idle, or "
                        + "rehearse with -Dportal.anyway=true.");
        System.exit(1);
    }
}
