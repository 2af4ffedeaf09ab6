package network.cortensor.portal.benchmarks.sizes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import network.cortensor.portal.benchmarks.function.FunctionGround;
import network.cortensor.portal.benchmarks.machine.Machine;

/**
 * The function with the memory sizes from which one is chosen, each held to the share of a processor that Lambda gives with it, in {@code sizes.md} in the directory that is named.
 */
public final class SizesMain {
    private static final List<Integer> SIZES = List.of(512, 1_024, SizeCosts.WHOLE_PROCESSOR);
    private static final int SESSIONS = 8;

    private SizesMain() {}

    /** @param args the directory of results */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (FunctionGround ground = FunctionGround.start(SESSIONS)) {
            List<ProcessHandle> ours =
                    List.of(ProcessHandle.current(), ground.local().handle());
            Machine.Moment start = Machine.moment(ours);
            List<String> rows = new ArrayList<>();
            for (int size : SIZES) {
                rows.add(SizeCosts.row(size, ground));
            }
            Path result = Path.of(args[0]).resolve("sizes.md");
            Files.writeString(result, report(rows, start.until(Machine.moment(ours))));
            System.out.println(Files.readString(result));
        }
        System.exit(0);
    }

    private static String report(List<String> rows, Machine.Load load) throws IOException {
        return """
            %s, %s, JDK %s; %s. One environment, held by a control group to its share of a processor: %s MB have a whole one. The first chat is that of the package after a restore, by TLS, until its answer of 8 tokens is whole.
            The others have 50 tokens, 50 a second, the first after 50 ms, with all caches expired. Dollars are for Arm, a million of these requests, without tables and front.

            | memory, MB | first chat, ms | its processor time, ms | added to the first token, ms, p50 / p99 | billed for a request, ms | dollars for a million |
            |---|---|---|---|---|---|
            %s
            """.formatted(
                        Machine.name(),
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.version().feature(),
                        load.words() + (load.quiet() ? "" : " – a rehearsal on a busy machine, of no worth"),
                        SizeCosts.WHOLE_PROCESSOR,
                        String.join("\n", rows));
    }
}
