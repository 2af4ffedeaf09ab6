package network.cortensor.portal.testkit.http;

/** A service that answers at the address of another one, as all of AWS's do for whoever is told one endpoint for them. */
public interface Neighbour {
    /** Whether a request is for this service. Its body is not there yet. */
    boolean serves(HttpRequest head);

    /** What it answers; may take its time. */
    Reply answer(HttpRequest request);
}
