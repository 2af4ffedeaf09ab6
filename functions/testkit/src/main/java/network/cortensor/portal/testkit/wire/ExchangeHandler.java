package network.cortensor.portal.testkit.wire;

import java.io.IOException;

/** Answers requests. Called by one thread per connection, so implementations are safe for use by many threads. */
@FunctionalInterface
public interface ExchangeHandler {
    /**
     * Answers one request. When it returns without a whole answer, or throws, the connection is closed as it stands.
     *
     * @throws IOException when the client is gone
     * @throws InterruptedException when the server is being closed
     */
    void handle(ServerExchange exchange) throws IOException, InterruptedException;
}
