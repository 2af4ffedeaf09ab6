package network.cortensor.portal.runtime;

/** Is told of what goes wrong. Must not throw. */
@FunctionalInterface
public interface Incidents {
    void happened(Incident incident);
}
