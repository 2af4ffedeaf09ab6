package network.cortensor.portal.infra.front;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.apigateway.GatewayResponseOptions;
import software.amazon.awscdk.services.apigateway.ResponseType;
import software.amazon.awscdk.services.apigateway.RestApi;

/**
 * What API Gateway says itself, in the words and the shape of the function: an error that a client can read, a request id, and the
 * headers that let a browser read both.
 */
final class GatewayErrors {
    private static final String RETRY_AFTER = "retry-after";
    private static final String SHOULD_RETRY = "x-should-retry";

    private static final List<GatewayError> ALL = List.of(
            new GatewayError(
                    ResponseType.THROTTLED,
                    "429",
                    ErrorBody.of(
                            "rate_limit_error", "rate_limit_exceeded", "Too many requests. Try again in a moment."),
                    Map.of(RETRY_AFTER, "1")),
            new GatewayError(
                    ResponseType.QUOTA_EXCEEDED,
                    "429",
                    ErrorBody.of(
                            "rate_limit_error", "rate_limit_exceeded", "Too many requests. Try again in a moment."),
                    Map.of(RETRY_AFTER, "60")),
            new GatewayError(
                    ResponseType.REQUEST_TOO_LARGE,
                    "413",
                    ErrorBody.of("invalid_request_error", "request_too_large", "The request body is too large."),
                    Map.of(SHOULD_RETRY, "false")),
            new GatewayError(
                    ResponseType.WAF_FILTERED,
                    "403",
                    ErrorBody.of("invalid_request_error", "The request was blocked."),
                    Map.of(SHOULD_RETRY, "false")),
            new GatewayError(
                    ResponseType.MISSING_AUTHENTICATION_TOKEN,
                    "404",
                    ErrorBody.of("invalid_request_error", "not_found", "There is nothing at this address."),
                    Map.of(SHOULD_RETRY, "false")),
            new GatewayError(
                    ResponseType.INTEGRATION_TIMEOUT,
                    "504",
                    ErrorBody.of("server_error", "upstream_timeout", "The model did not answer in time."),
                    Map.of(SHOULD_RETRY, "false")),
            new GatewayError(
                    ResponseType.INTEGRATION_FAILURE,
                    "503",
                    ErrorBody.of(
                            "server_error",
                            "service_unavailable",
                            "The service is unavailable. Try again in a moment."),
                    Map.of(RETRY_AFTER, "5")),
            new GatewayError(
                    ResponseType.DEFAULT_4_XX,
                    "",
                    ErrorBody.of("invalid_request_error", "The request was refused."),
                    Map.of(SHOULD_RETRY, "false")),
            new GatewayError(
                    ResponseType.DEFAULT_5_XX,
                    "",
                    ErrorBody.of(
                            "server_error",
                            "service_unavailable",
                            "The service is unavailable. Try again in a moment."),
                    Map.of(RETRY_AFTER, "5")));

    private GatewayErrors() {}

    static void addTo(RestApi api) {
        ALL.forEach(error -> api.addGatewayResponse(error.type().getResponseType(), error.options()));
    }

    /** @param status empty where API Gateway's own is right */
    private record GatewayError(ResponseType type, String status, ErrorBody words, Map<String, String> headers) {
        private GatewayResponseOptions options() {
            Map<String, String> all = new TreeMap<>();
            all.put("x-request-id", "context.requestId");
            all.put("request-id", "context.requestId");
            all.put("access-control-allow-origin", "'*'");
            all.put("access-control-expose-headers", "'*'");
            headers.forEach((name, value) -> all.put(name, "'" + value + "'"));
            GatewayResponseOptions.Builder builder = GatewayResponseOptions.builder()
                    .type(type)
                    .responseHeaders(all)
                    .templates(Map.of("application/json", words.json()));
            return (status.isEmpty() ? builder : builder.statusCode(status)).build();
        }
    }
}
