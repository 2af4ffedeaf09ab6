package network.cortensor.portal.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import network.cortensor.portal.benchmarks.start.Starts.Start;

/**
 * Starts the package again and again, plain and as under SnapStart, and prints a table of medians. Arguments: the zip, and the event of the
 * first invocation, which reads the catalog's tables.
 */
public final class StartMain {
    private static final int RUNS = 9;
    private static final double MEBIBYTE = 1024 * 1024;

    private StartMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        UnpackedFunction function = UnpackedFunction.unpack(Path.of(args[0]));
        try (FunctionSurroundings surroundings = new FunctionSurroundings()) {
            Starts starts = new Starts(function, surroundings, Files.readString(Path.of(args[1])));
            starts.plain();
            List<Start> plain = new ArrayList<>();
            List<Start> snapStart = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                plain.add(starts.plain());
                snapStart.add(starts.snapStart());
            }
            System.out.println(table(function, plain, snapStart));
        } finally {
            function.delete();
        }
    }

    private static String table(UnpackedFunction function, List<Start> plain, List<Start> snapStart) {
        return String.format(
                Locale.ROOT,
                """
                The package has %.1f MiB, %.1f MiB unpacked. Medians of %d starts:

                | | ready for its snapshot | first `/next` | first answer |
                |---|---|---|---|
                | plain, from the process's start | – | %d ms | %d ms |
                | SnapStart, from the process's start | %d ms | | |
                | SnapStart, from the restore | | %d ms | %d ms |
                """,
                function.bytes() / MEBIBYTE,
                function.unpackedBytes() / MEBIBYTE,
                RUNS,
                median(plain, Start::untilNext),
                median(plain, Start::untilAnswer),
                median(snapStart, Start::untilSnapshot),
                median(snapStart, Start::untilNext),
                median(snapStart, Start::untilAnswer));
    }

    private static long median(List<Start> starts, Function<Start, Duration> value) {
        return starts.stream()
                .map(value)
                .sorted()
                .skip(starts.size() / 2)
                .findFirst()
                .orElseThrow()
                .toMillis();
    }
}
