package network.cortensor.portal.testkit.http;

/** A service that answers at the address of another one, because a client may be told one endpoint for all of AWS. */
public interface CoHostedService {
    /** Whether a request is for this service. Its body is not there yet. */
    boolean serves(PeerRequest head);

    /** What it answers; may take its time. */
    CannedReply answer(PeerRequest request);
}
