package network.cortensor.portal.api.http;

import java.util.Map;

/** What browsers ask for. Keys travel in headers and never in cookies, so every origin may call. */
public final class Cors {
    /** On every answer. The wildcard would cover these, yet older browsers do not know it here. */
    public static final Map<String, String> ANSWER = Map.of(
            "access-control-allow-origin",
            "*",
            "access-control-expose-headers",
            "x-request-id, request-id, retry-after, x-should-retry, "
                    + "x-ratelimit-limit-requests, x-ratelimit-remaining-requests, x-ratelimit-reset-requests, "
                    + "x-ratelimit-limit-tokens, x-ratelimit-remaining-tokens, x-ratelimit-reset-tokens");

    /** On the answer to a preflight. The wildcard does not cover {@code authorization}; SDKs send headers of their own beside it. */
    public static final Map<String, String> PREFLIGHT = Map.of(
            "access-control-allow-methods",
            "GET, HEAD, POST, OPTIONS",
            "access-control-allow-headers",
            "authorization, x-api-key, content-type, *",
            "access-control-max-age",
            "7200");

    private Cors() {}
}
