package network.cortensor.portal.api;

import java.util.ArrayList;
import java.util.List;

/** What is still to be done when a request's customer has the answer, in the order in which it came up. Used by one thread. */
final class Afterwards {
    private final List<Runnable> rest = new ArrayList<>();

    void add(Runnable task) {
        rest.add(task);
    }

    /** Does all of it, whatever breaks. */
    void finish() {
        if (!rest.isEmpty()) {
            try {
                rest.removeFirst().run();
            } finally {
                finish();
            }
        }
    }
}
