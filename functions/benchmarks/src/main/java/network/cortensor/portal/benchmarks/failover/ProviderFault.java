package network.cortensor.portal.benchmarks.failover;

/** What the provider does to requests for a model. */
enum ProviderFault {
    NONE,
    /** It answers, but refuses a conversation that ends with a part of an answer. */
    NO_PREFILL,
    /** The first request: 429 with {@code Retry-After: 2}. */
    TOO_MANY_ONCE,
    /** 429 without a time. */
    TOO_MANY,
    /** The first request: 500. */
    ERROR_ONCE,
    OVERLOADED,
    /** The first request: the connection is reset before any answer. */
    RESET_ONCE,
    /** Nothing for two minutes. */
    SILENT,
    /** The headers at once, the first word after 20 s. */
    LATE,
    /** The connection ends after 40 words. */
    CUT,
    /** Nothing more after 20 words, for 30 s; then the connection ends. */
    STALLED,
    /** One event more, which is no JSON, after 10 words. */
    BAD_EVENT,
    /** The whole answer without {@code [DONE]}. */
    NO_DONE,
    CONTEXT_EXCEEDED,
    CONTENT_REJECTED,
    /** 503 for a minute. */
    DOWN_FOR_A_MINUTE
}
