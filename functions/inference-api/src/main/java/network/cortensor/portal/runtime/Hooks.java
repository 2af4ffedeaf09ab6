package network.cortensor.portal.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the wiring wants done around a snapshot and at the end, each kind in the order of registration. Where no snapshot is taken, nothing is
 * run around it; an environment that is killed has no end. Registered by the wiring's thread alone.
 *
 * <p>Before the snapshot Lambda allows as much as the function's time-out, 130 s at least; after the restore 10 s; at the end 600 ms.
 */
public final class Hooks {
    private final List<Hook> beforeCheckpoint = new ArrayList<>();
    private final List<Hook> afterRestore = new ArrayList<>();
    private final List<Hook> atEnd = new CopyOnWriteArrayList<>();

    Hooks() {}

    /** For what makes later runs faster and holds no secret, connection, clock or random number. */
    public void beforeCheckpoint(Hook hook) {
        beforeCheckpoint.add(hook);
    }

    /** For what must not be the same in two copies of one snapshot. */
    public void afterRestore(Hook hook) {
        afterRestore.add(hook);
    }

    /** For what makes running invocations come to their end. Runs beside them, on a thread of its own. */
    public void atEnd(Hook hook) {
        atEnd.add(hook);
    }

    void runBeforeCheckpoint() throws Exception {
        for (Hook hook : beforeCheckpoint) {
            hook.run();
        }
    }

    void runAfterRestore() throws Exception {
        for (Hook hook : afterRestore) {
            hook.run();
        }
    }

    void runAtEnd() throws Exception {
        for (Hook hook : atEnd) {
            hook.run();
        }
    }
}
