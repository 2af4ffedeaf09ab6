package network.cortensor.portal.runtime;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of the function.
 *
 * @param requestId Lambda's own; a caller that repeats a request may choose the same again
 * @param invocationId tells apart two invocations with one request id; sent back with the answer, so that a late answer never reaches a newer
 *     invocation. Older Lambdas send none
 * @param functionArn with the alias or version that was called
 * @param traceId X-Ray's header, where there is one
 * @param receivedAt when the loop got it
 * @param deadline when Lambda ends the invocation, and on-demand the process with it
 */
public record Invocation(
        String requestId,
        Optional<String> invocationId,
        String functionArn,
        Optional<String> traceId,
        Instant receivedAt,
        Instant deadline,
        Event event) {}
