package network.cortensor.portal.telemetry;

/**
 * Where lines go. Implementations are safe for use by many threads and never throw: a request must not fail because of its log.
 *
 * <p>Every part of the product calls it, on whatever thread it runs. A call blocks for one write to the process's own output, and for no network.
 */
@FunctionalInterface
public interface Journal {
    void write(Line line);
}
