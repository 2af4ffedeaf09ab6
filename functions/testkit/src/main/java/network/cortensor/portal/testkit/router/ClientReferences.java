package network.cortensor.portal.testkit.router;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often each {@code client_reference} came in; the last 100,000 are remembered. Safe for use by many threads. */
final class ClientReferences {
    private static final int REMEMBERED = 100_000;

    private final Map<String, Integer> times = new LinkedHashMap<>();

    synchronized void add(String reference) {
        times.merge(reference, 1, Integer::sum);
        if (times.size() > REMEMBERED) {
            times.remove(times.keySet().iterator().next());
        }
    }

    synchronized Map<String, Integer> times() {
        return Map.copyOf(times);
    }
}
