package network.cortensor.portal.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A share of a processor that processes are held to by Linux: a control group with a quota of each {@value #PERIOD} µs, which is Lambda's own way of giving a function its share.
 *
 * @param group its folder
 */
public record CpuQuota(Path group) implements AutoCloseable {
    private static final long PERIOD = 20_000;
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String MEMBERS = "cgroup.procs";

    /**
     * Empty where this machine lets nobody make a group of processes.
     *
     * @param processors such as 0.29 of one
     */
    public static Optional<CpuQuota> of(double processors) {
        long quota = Math.round(processors * PERIOD);
        boolean second = Files.exists(ROOT.resolve("cgroup.controllers"));
        Path group = (second ? ROOT : ROOT.resolve("cpu"))
                .resolve("portal-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(group);
            if (second) {
                Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD);
            } else {
                Files.writeString(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD));
                Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
            }
            return Optional.of(new CpuQuota(group));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** With all its threads, from now on. */
    public void hold(ProcessHandle process) throws IOException {
        Files.writeString(group.resolve(MEMBERS), Long.toString(process.pid()));
    }

    /** Lets its processes go. */
    @Override
    public void close() throws IOException {
        List<String> held = Files.readAllLines(group.resolve(MEMBERS));
        for (String process : held) {
            Files.writeString(group.resolveSibling(MEMBERS), process);
        }
        Files.delete(group);
    }
}
