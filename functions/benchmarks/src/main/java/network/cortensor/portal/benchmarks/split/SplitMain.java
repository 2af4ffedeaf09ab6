package network.cortensor.portal.benchmarks.split;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import network.cortensor.portal.benchmarks.function.CommitBefore;
import network.cortensor.portal.benchmarks.function.FunctionBuild;
import network.cortensor.portal.benchmarks.function.FunctionGround;
import network.cortensor.portal.benchmarks.machine.Machine;

/**
 * One environment of the function, and the same of an earlier commit under the same load in the same run. The table goes to {@code split.md} in the directory
 * that is named, with what is wanted of each number and whether it is reached.
 */
public final class SplitMain {
    private static final int SESSIONS = 64;
    private static final Path BEFORE = Path.of("functions/benchmarks/target/before");

    private static final String FIRST_CHAT = "first chat after a restore, by TLS, by the package, ms";

    private SplitMain() {}

    /** @param args the directory of results */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (FunctionGround ground = FunctionGround.start(SESSIONS)) {
            List<ProcessHandle> ours =
                    List.of(ProcessHandle.current(), ground.local().handle());
            Machine.Moment start = Machine.moment(ours);
            List<String> missing = new ArrayList<>();
            Optional<SplitCosts> before = Optional.empty();
            switch (CommitBefore.build(BEFORE)) {
                case CommitBefore.Found.Built(FunctionBuild build) ->
                    before = Optional.of(SplitCosts.measure(build, ground));
                case CommitBefore.Found.Missing(String reason) ->
                    missing.add("The commit before is left out: " + reason + ".");
            }
            SplitCosts now = SplitCosts.measure(FunctionBuild.THIS, ground);
            Trips trips = Trips.measure(ground);
            FirstChat.Found firstChat = FirstChat.measure(ground, SplitCosts.MEBIBYTES, _ -> {});
            if (firstChat instanceof FirstChat.Found.Missing(String reason)) {
                missing.add("The first chat is left out: " + reason + ".");
            }
            Machine.Load load = start.until(Machine.moment(ours));
            Path result = Path.of(args[0]).resolve("split.md");
            Files.writeString(result, report(rows(before, now, trips, firstChat), missing, load));
            System.out.println(Files.readString(result));
        }
        System.exit(0);
    }

    private static List<SplitRow> rows(
            Optional<SplitCosts> before, SplitCosts now, Trips trips, FirstChat.Found firstChat) {
        List<SplitRow> rows = new ArrayList<>();
        rows.add(SplitRow.of("8 tokens, caches warm, ms", before, now, SplitCosts::warm, 4));
        rows.add(SplitRow.of("8 tokens, caches expired, ms", before, now, SplitCosts::expired, 9));
        rows.add(SplitRow.of("50 tokens at 1,000 a second, ms", before, now, SplitCosts::brief));
        rows.add(SplitRow.of("500 tokens at 1,000 a second, ms", before, now, SplitCosts::whole));
        rows.add(SplitRow.of("per token, µs", before, now, SplitCosts::perToken, 60));
        rows.add(SplitRow.of("live heap, MB", before, now, SplitCosts::liveHeap, 20));
        rows.add(SplitRow.of("resident, MB", before, now, SplitCosts::resident, 130));
        rows.add(SplitRow.of("trips to tables before the first token, caches warm", trips.warm(), 3));
        rows.add(SplitRow.of("trips to tables before the first token, caches expired", trips.expired(), 3));
        if (firstChat instanceof FirstChat.Found.Measured(double millis, double _)) {
            rows.add(SplitRow.of(FIRST_CHAT, millis, 160));
        }
        return rows;
    }

    private static String report(List<SplitRow> rows, List<String> missing, Machine.Load load) throws IOException {
        return """
            %s, %s, JDK %s; %s. One environment in a process of its own with the wrapper's options for %s MB; tables, routers and emulators in others. Times are processor time of
            the function alone. Trips are found by letting each call of a table take %s ms longer. %s

            | what | commit before | this build | wanted | |
            |---|---|---|---|---|
            %s
            """.formatted(
                        Machine.name(),
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.version().feature(),
                        load.words() + (load.quiet() ? "" : " – a rehearsal on a busy machine, of no worth"),
                        SplitCosts.MEBIBYTES,
                        Trips.LONGER.toMillis(),
                        String.join(" ", missing),
                        rows.stream().map(SplitRow::markdown).collect(Collectors.joining("\n")));
    }

    /** In milliseconds, for each of so many. */
    static double millis(Duration all, int count) {
        return all.toNanos() / 1e6 / count;
    }
}
