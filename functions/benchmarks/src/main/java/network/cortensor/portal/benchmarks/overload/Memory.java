package network.cortensor.portal.benchmarks.overload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import network.cortensor.portal.benchmarks.machine.ChildJvm;

/** The resident set of a process, looked at every second until this is closed; in MiB. */
final class Memory implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final ChildJvm process;
    private final List<Long> looks = Collections.synchronizedList(new ArrayList<>());
    private final Thread watch;

    private Memory(ChildJvm process) {
        this.process = process;
        this.watch = Thread.ofVirtual().unstarted(this::look);
    }

    static Memory of(ChildJvm process) {
        Memory memory = new Memory(process);
        memory.watch.start();
        return memory;
    }

    private void look() {
        try {
            while (true) {
                looks.add(process.residentMebibytes());
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mean of each of so many equal parts of the time, in their order. */
    List<Long> parts(int count) {
        List<Long> all = List.copyOf(looks);
        List<Long> means = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            means.add(Math.round(all.subList(all.size() * part / count, all.size() * (part + 1) / count).stream()
                    .mapToLong(Long::longValue)
                    .average()
                    .orElse(0)));
        }
        return means;
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
