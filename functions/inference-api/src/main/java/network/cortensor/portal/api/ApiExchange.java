package network.cortensor.portal.api;

import java.time.Instant;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.api.http.HttpRequest;
import network.cortensor.portal.api.limits.Books;
import network.cortensor.portal.api.limits.LimitGate;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.usage.RequestId;

/**
 * One request and its answer.
 *
 * @param killedAt when the platform ends this worker
 */
record ApiExchange(
        HttpRequest request,
        RequestId id,
        Instant receivedAt,
        Instant killedAt,
        ApiReply reply,
        RequestLog log,
        Books books,
        Afterwards afterwards) {

    String requestId() {
        return id.text();
    }

    LimitGate.Incoming incoming(Customer customer) {
        return new LimitGate.Incoming(id, customer, reply, books, log::overLimit);
    }
}
