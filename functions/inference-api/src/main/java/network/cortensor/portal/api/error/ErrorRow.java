package network.cortensor.portal.api.error;

import java.util.Locale;
import java.util.Optional;

/** The customers' error table. Each row is one situation that programs can tell from the others; messages are for people and may change. */
public enum ErrorRow {
    /** Bad JSON, a wrong type, a missing field, an unknown role, an unsupported value, or a request that the model's server rejects. */
    INVALID_REQUEST(400, "invalid_request_error", Code.NONE, "invalid_request_error", Retry.USELESS),
    CONTEXT_LENGTH_EXCEEDED(400, "invalid_request_error", Code.OWN, "invalid_request_error", Retry.USELESS),
    /** A request builds on an earlier one, and nothing is kept of that. */
    PREVIOUS_RESPONSE_NOT_FOUND(400, "invalid_request_error", Code.OWN, "invalid_request_error", Retry.USELESS),
    /** The same in the words of Anthropic's message threads. */
    THREAD_NOT_FOUND(404, "invalid_request_error", Code.OWN, "not_found_error", Retry.USELESS),
    /** The model's server does not allow what the request asks for. */
    CONTENT_POLICY_VIOLATION(400, "invalid_request_error", Code.OWN, "invalid_request_error", Retry.USELESS),
    REQUEST_TOO_LARGE(413, "invalid_request_error", Code.OWN, "request_too_large", Retry.USELESS),
    /** Missing, wrong, revoked or expired. */
    INVALID_API_KEY(401, "invalid_request_error", Code.OWN, "authentication_error", Retry.USELESS),
    /** No such alias, or none that the key may use. */
    MODEL_NOT_FOUND(404, "invalid_request_error", Code.OWN, "not_found_error", Retry.USELESS),
    MODEL_RETIRED(404, "invalid_request_error", Code.OWN, "not_found_error", Retry.USELESS),
    NOT_FOUND(404, "invalid_request_error", Code.OWN, "not_found_error", Retry.UNSAID),
    METHOD_NOT_ALLOWED(405, "invalid_request_error", Code.OWN, "invalid_request_error", Retry.UNSAID),
    RATE_LIMIT_EXCEEDED(429, "rate_limit_error", Code.OWN, "rate_limit_error", Retry.STATED),
    /** No route is open. */
    MODEL_UNAVAILABLE(503, "server_error", Code.OWN, "overloaded_error", Retry.AFTER_30_S),
    /** All slots were busy for as long as a request may wait. */
    MODEL_OVERLOADED(503, "server_error", Code.OWN, "overloaded_error", Retry.STATED),
    /** Keys, catalog or slots cannot be read. */
    SERVICE_UNAVAILABLE(503, "server_error", Code.OWN, "api_error", Retry.AFTER_5_S),
    /** Every attempt failed before the first token, or the answer broke off after it. */
    UPSTREAM_ERROR(502, "server_error", Code.OWN, "api_error", Retry.AFTER_5_S),
    /** No first token in time. Tasks may still keep sessions busy, so SDKs are asked not to add more. */
    UPSTREAM_TIMEOUT(504, "server_error", Code.OWN, "timeout_error", Retry.USELESS),
    /** A bug of ours. */
    SERVER_ERROR(500, "server_error", Code.NONE, "api_error", Retry.UNSAID);

    private final int status;
    private final String type;
    private final Code code;
    private final String anthropicType;
    private final Retry retry;

    ErrorRow(int status, String type, Code code, String anthropicType, Retry retry) {
        this.status = status;
        this.type = type;
        this.code = code;
        this.anthropicType = anthropicType;
        this.retry = retry;
    }

    public int status() {
        return status;
    }

    /** {@code type} in OpenAI's shape. */
    public String type() {
        return type;
    }

    /** {@code code} in OpenAI's shape. */
    public Optional<String> code() {
        return switch (code) {
            case OWN -> Optional.of(word());
            case NONE -> Optional.empty();
        };
    }

    /** {@code type} in Anthropic's shape. */
    public String anthropicType() {
        return anthropicType;
    }

    Retry retry() {
        return retry;
    }

    /** Whose failure it is: what alarms tell apart. */
    public Responsibility fault() {
        return switch (this) {
            case INVALID_REQUEST,
                    CONTEXT_LENGTH_EXCEEDED,
                    PREVIOUS_RESPONSE_NOT_FOUND,
                    THREAD_NOT_FOUND,
                    CONTENT_POLICY_VIOLATION,
                    REQUEST_TOO_LARGE,
                    INVALID_API_KEY,
                    MODEL_NOT_FOUND,
                    MODEL_RETIRED,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    RATE_LIMIT_EXCEEDED -> Responsibility.CUSTOMER;
            case MODEL_UNAVAILABLE, MODEL_OVERLOADED -> Responsibility.CAPACITY;
            case UPSTREAM_ERROR, UPSTREAM_TIMEOUT -> Responsibility.ROUTERS;
            case SERVICE_UNAVAILABLE, SERVER_ERROR -> Responsibility.OURS;
        };
    }

    /** The word in log lines and metrics; there are as many as rows. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the same request may do well with another model. */
    public boolean dependsOnTheModel() {
        return switch (this) {
            case INVALID_REQUEST,
                    CONTEXT_LENGTH_EXCEEDED,
                    MODEL_NOT_FOUND,
                    MODEL_RETIRED,
                    MODEL_UNAVAILABLE,
                    MODEL_OVERLOADED,
                    UPSTREAM_ERROR,
                    UPSTREAM_TIMEOUT,
                    CONTENT_POLICY_VIOLATION -> true;
            case PREVIOUS_RESPONSE_NOT_FOUND,
                    THREAD_NOT_FOUND,
                    REQUEST_TOO_LARGE,
                    INVALID_API_KEY,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    RATE_LIMIT_EXCEEDED,
                    SERVICE_UNAVAILABLE,
                    SERVER_ERROR -> false;
        };
    }

    private enum Code {
        /** The row's own name. */
        OWN,
        NONE
    }
}
