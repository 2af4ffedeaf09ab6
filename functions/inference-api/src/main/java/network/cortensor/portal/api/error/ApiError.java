package network.cortensor.portal.api.error;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.dispatch.Refusal;

/**
 * One customer's error: a row of the table with its words.
 *
 * @param param the field of the request that is wrong, as {@code messages[2].content[0].text}
 * @param anthropic other words for Anthropic's clients, where these look for some
 * @param headers of the answer, beside those that every answer has
 */
public record ApiError(
        ErrorRow row,
        String message,
        Optional<String> param,
        Optional<Wording> anthropic,
        Map<String, String> headers) {
    public ApiError {
        headers = Map.copyOf(headers);
    }

    /** @param details for programs */
    public record Wording(String message, Optional<Details> details) {}

    /**
     * What Anthropic's clients branch on.
     *
     * @param unsupported what the request must do without, if that is what it is about
     */
    public record Details(String errorCode, List<String> unsupported) {
        public Details {
            unsupported = List.copyOf(unsupported);
        }
    }

    /** Something is wrong with a named field. */
    public static ApiError invalid(String param, String what) {
        return of(ErrorRow.INVALID_REQUEST, param + ": " + what).about(param);
    }

    /** Something is wrong with the request as a whole. */
    public static ApiError invalid(String message) {
        return of(ErrorRow.INVALID_REQUEST, message);
    }

    /**
     * The prompt leaves no room for an answer. The words are those by which agents learn that they have to shorten the conversation.
     *
     * @param tokens of the prompt; fewer where they were not all counted, yet more than there is room for
     * @param most what the model's context holds
     */
    public static ApiError contextLengthExceeded(String param, long tokens, long most) {
        return overflow(param, "at least " + tokens, most, ".").inAnthropic(tooLong(tokens, most - 1));
    }

    /**
     * The prompt leaves no room for an answer as long as was asked for.
     *
     * @param field where its length was asked for
     */
    public static ApiError contextLengthExceeded(String param, long tokens, long most, String field, int wanted) {
        return overflow(param, "about " + tokens, most, ", and " + field + " is " + wanted + ".")
                .inAnthropic(tooLong(tokens, most - wanted));
    }

    private static ApiError overflow(String param, String tokens, long most, String rest) {
        String what = "This model's maximum context length is " + most + " tokens for prompt and answer together; "
                + param + " has " + tokens + rest;
        return of(ErrorRow.CONTEXT_LENGTH_EXCEEDED, what).about(param);
    }

    private static Wording tooLong(long tokens, long most) {
        return new Wording("prompt is too long: " + tokens + " tokens > " + most + " maximum", Optional.empty());
    }

    public static ApiError previousResponseNotFound(String param) {
        return of(
                        ErrorRow.PREVIOUS_RESPONSE_NOT_FOUND,
                        param + ": no such response, because none is stored here; send the whole conversation.")
                .about(param);
    }

    public static ApiError itemNotFound(String param) {
        return invalid(param, "no such item, because none is stored here; send the item itself.");
    }

    public static ApiError threadUnsupported() {
        return invalid("thread", "is not supported; send the whole conversation without it.")
                .withDetails(new Details("thread_unsupported_request", List.of("thread")));
    }

    public static ApiError threadNotFound() {
        return of(
                        ErrorRow.THREAD_NOT_FOUND,
                        "thread: no such message, because none is stored here; send the whole conversation.")
                .about("thread")
                .withDetails(new Details("thread_not_found", List.of()));
    }

    public static ApiError requestTooLarge(int limit) {
        return of(ErrorRow.REQUEST_TOO_LARGE, "The body is larger than " + limit + " bytes.");
    }

    public static ApiError invalidApiKey() {
        return of(
                ErrorRow.INVALID_API_KEY,
                "No valid API key: send yours as 'Authorization: Bearer <key>' or as 'x-api-key: <key>'.");
    }

    public static ApiError modelNotFound() {
        return of(ErrorRow.MODEL_NOT_FOUND, "There is no such model, or this key may not use it: see GET /v1/models.")
                .about("model");
    }

    public static ApiError modelRetired(Optional<String> successor) {
        String next = successor.map(name -> " Use '" + name + "' instead.").orElse("");
        return of(ErrorRow.MODEL_RETIRED, "This model is retired." + next).about("model");
    }

    /** @param hint a further sentence, or nothing */
    public static ApiError unknownPath(String hint) {
        return of(ErrorRow.NOT_FOUND, "There is nothing at this path." + hint);
    }

    /** The path is open to anybody, and therefore served where there is a throttle. */
    public static ApiError servedElsewhere() {
        return of(
                ErrorRow.NOT_FOUND,
                "This path is not served at this address, which is for requests with a key. It is at the API's main"
                        + " address.");
    }

    /** @param allowed methods, as in the {@code allow} header */
    public static ApiError methodNotAllowed(String allowed) {
        return of(ErrorRow.METHOD_NOT_ALLOWED, "This path allows " + allowed + ".")
                .with(Map.of("allow", allowed));
    }

    /** @param message which limit it is */
    public static ApiError rateLimitExceeded(String message, Duration retryAfter) {
        return of(ErrorRow.RATE_LIMIT_EXCEEDED, message).with(Retry.after(retryAfter));
    }

    public static ApiError serviceUnavailable() {
        return of(ErrorRow.SERVICE_UNAVAILABLE, "The service cannot take requests at the moment.");
    }

    /** A bug, of which customers learn nothing else. */
    public static ApiError serverError() {
        return of(ErrorRow.SERVER_ERROR, "Something went wrong on our side.");
    }

    /** What customers are told when dispatch did not bring a whole answer. */
    public static ApiError of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnknownAlias ignored -> modelNotFound();
            case Refusal.NoRouteOpen ignored ->
                of(ErrorRow.MODEL_UNAVAILABLE, "This model takes no requests at the moment.");
            case Refusal.AllBusy busy ->
                of(ErrorRow.MODEL_OVERLOADED, "This model is busy at the moment.")
                        .with(Retry.after(busy.retryAfter()));
            case Refusal.AttemptsFailed ignored -> of(ErrorRow.UPSTREAM_ERROR, "The model did not answer.");
            case Refusal.FormMissed ignored ->
                of(ErrorRow.UPSTREAM_ERROR, "The model's answer was not of the form that was asked for.")
                        .with(Map.of("x-should-retry", "true"));
            case Refusal.TimedOut ignored -> of(ErrorRow.UPSTREAM_TIMEOUT, "The model did not answer in time.");
            case Refusal.RequestRejected ignored -> invalid("The model cannot serve this request as it stands.");
            case Refusal.ContextExceeded _ ->
                of(
                        ErrorRow.CONTEXT_LENGTH_EXCEEDED,
                        "The prompt is too long: with its answer it exceeds this model's maximum context length.");
            case Refusal.ContentRejected _ ->
                of(ErrorRow.CONTENT_POLICY_VIOLATION, "The model's content policy does not allow this request.");
            case Refusal.StoreUnavailable ignored -> serviceUnavailable();
            case Refusal.BrokenOff ignored -> of(ErrorRow.UPSTREAM_ERROR, "The answer broke off before its end.");
        };
    }

    private static ApiError of(ErrorRow row, String message) {
        return new ApiError(
                row, message, Optional.empty(), Optional.empty(), row.retry().headers());
    }

    private ApiError about(String field) {
        return new ApiError(row, message, Optional.of(field), anthropic, headers);
    }

    private ApiError withDetails(Details details) {
        return inAnthropic(new Wording(message, Optional.of(details)));
    }

    private ApiError inAnthropic(Wording wording) {
        return new ApiError(row, message, param, Optional.of(wording), headers);
    }

    private ApiError with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new ApiError(row, message, param, anthropic, all);
    }
}
