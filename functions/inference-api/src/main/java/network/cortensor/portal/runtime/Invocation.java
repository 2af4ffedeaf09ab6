package network.cortensor.portal.runtime;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of the function.
 *
 * @param requestId Lambda's own
 * @param functionArn with the alias or version that was called
 * @param traceId X-Ray's header, where there is one
 * @param receivedAt when the loop got it
 * @param deadline when Lambda ends the process
 */
public record Invocation(
        String requestId,
        String functionArn,
        Optional<String> traceId,
        Instant receivedAt,
        Instant deadline,
        Event event) {}
