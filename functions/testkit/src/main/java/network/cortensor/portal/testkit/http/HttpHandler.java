package network.cortensor.portal.testkit.http;

/** What a server does with a request. Called by one thread per connection. */
@FunctionalInterface
public interface HttpHandler {
    /** @throws InterruptedException if the server is stopped meanwhile; the connection is then reset */
    void handle(PeerRequest request, Answer answer) throws InterruptedException;
}
