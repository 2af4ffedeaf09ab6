package network.cortensor.portal.telemetry;

/** Where lines go. Implementations are safe for use by many threads and never throw: a request must not fail for its log. */
@FunctionalInterface
public interface Journal {
    void write(Line line);
}
