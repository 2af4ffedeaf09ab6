package network.cortensor.portal.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * What the wiring wants done around a snapshot, each kind in the order of registration. Where no snapshot is taken, none of it is run.
 * Not thread-safe.
 *
 * <p>Before the snapshot Lambda allows as much as the function's time-out, 130 s at least; after the restore 10 s.
 */
public final class Hooks {
    private final List<Hook> beforeCheckpoint = new ArrayList<>();
    private final List<Hook> afterRestore = new ArrayList<>();

    Hooks() {}

    /** For what makes later runs faster and holds no secret, connection, clock or random number. */
    public void beforeCheckpoint(Hook hook) {
        beforeCheckpoint.add(hook);
    }

    /** For what must not be the same in two copies of one snapshot. */
    public void afterRestore(Hook hook) {
        afterRestore.add(hook);
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
}
