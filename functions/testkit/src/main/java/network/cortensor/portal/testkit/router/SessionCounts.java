package network.cortensor.portal.testkit.router;

/**
 * What a session has seen so far.
 *
 * @param session the router's number, or the model's name
 * @param served completion requests that reached the session, whatever became of them: one POST, one count
 * @param inFlight tasks that the session works on, whether or not anybody still waits for them
 * @param maxInFlight the most that {@code inFlight} ever was
 * @param fault as it is set now
 * @param faultsHit requests that met a fault
 */
public record SessionCounts(String session, long served, int inFlight, int maxInFlight, Fault fault, long faultsHit) {}
