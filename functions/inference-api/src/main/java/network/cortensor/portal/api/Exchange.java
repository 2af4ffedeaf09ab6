package network.cortensor.portal.api;

import java.time.Instant;
import network.cortensor.portal.api.http.HttpRequest;
import network.cortensor.portal.api.http.Reply;

/**
 * One request and its answer.
 *
 * @param killedAt when the platform ends this worker
 */
record Exchange(
        HttpRequest request, String requestId, Instant receivedAt, Instant killedAt, Reply reply, RequestLog log) {}
