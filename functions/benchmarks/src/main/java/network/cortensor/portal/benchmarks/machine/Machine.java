package network.cortensor.portal.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How busy this machine is with anything but us. A measurement is worth something only where others take next to nothing: processor
 * time that other processes use, and time that the host machine steals from this one.
 *
 * <p>Linux only, from {@code /proc}; elsewhere the answer is that it is unknown.
 */
public final class Machine {
    /** Of all processors' time. What a machine does by itself stays far below it. */
    static final double MOST_FOREIGN = 0.10;

    /** Of all processors' time. */
    static final double MOST_STOLEN = 0.02;

    private static final Path STAT = Path.of("/proc/stat");
    private static final Path OWN_STAT = Path.of("/proc/self/stat");
    private static final Path LOAD = Path.of("/proc/loadavg");

    /** What {@code /proc/stat} counts in. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int IDLE = 3;
    private static final int IOWAIT = 4;
    private static final int STOLEN = 7;

    /** Counted from the state, which follows the name. */
    private static final int CHILDREN_USER = 13;

    private static final int CHILDREN_SYSTEM = 14;

    private Machine() {}

    /**
     * One look at it.
     *
     * @param all ticks of all processors since the start of the machine
     * @param busy those that were neither idle nor stolen
     * @param ours processor time of the processes that belong to the measurement
     */
    public record Moment(long all, long busy, long stolen, Duration ours) {

        /** What happened between this moment and a later one. */
        public Load until(Moment later) {
            double passed = Math.max(1, later.all - all);
            double own = (later.ours.toNanos() - ours.toNanos()) / 1e9 * TICKS_PER_SECOND;
            double foreign = Math.max(0, later.busy - busy - own) / passed;
            return new Load(foreign, (later.stolen - stolen) / passed);
        }
    }

    /**
     * A share of all processors' time.
     *
     * @param foreign used by other processes
     * @param stolen taken by the host machine
     */
    public record Load(double foreign, double stolen) {
        public boolean quiet() {
            return foreign <= MOST_FOREIGN && stolen <= MOST_STOLEN;
        }

        public String words() {
            return String.format(
                    Locale.ROOT,
                    "others used %.1f %% of the processors, the host stole %.1f %%",
                    foreign * 100,
                    stolen * 100);
        }
    }

    public static boolean knows() {
        return Files.isReadable(STAT) && Files.isReadable(LOAD);
    }

    /** @param ours the living processes that belong to the measurement; children of this process that have ended belong to it, too */
    public static Moment moment(List<ProcessHandle> ours) throws IOException {
        long[] ticks = Arrays.stream(Files.readAllLines(STAT).getFirst().split(" +"))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        // User time holds guests' time already, so the last two columns are left out.
        long all = Arrays.stream(ticks).limit(STOLEN + 1L).sum();
        long busy = all - ticks[IDLE] - ticks[IOWAIT] - ticks[STOLEN];
        return new Moment(all, busy, ticks[STOLEN], processorTime(ours).plus(endedChildren()));
    }

    /** User and system time of all children that this process has waited for; see proc_pid_stat(5). */
    private static Duration endedChildren() throws IOException {
        String stat = Files.readString(OWN_STAT);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]);
        return Duration.ofMillis(Math.round(ticks * 1_000 / TICKS_PER_SECOND));
    }

    private static Duration processorTime(List<ProcessHandle> processes) {
        return processes.stream()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The load averages of 1, 5 and 15 minutes. */
    public static String loadAverage() throws IOException {
        String[] words = Files.readString(LOAD).split(" ");
        return String.join(" ", List.of(words).subList(0, 3));
    }

    /** As {@code 2 × AMD EPYC 7B13}. */
    public static String name() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("unnamed processor");
        return Runtime.getRuntime().availableProcessors() + " × " + model;
    }
}
