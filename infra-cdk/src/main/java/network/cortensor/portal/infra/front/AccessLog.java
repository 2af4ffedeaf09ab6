package network.cortensor.portal.infra.front;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What API Gateway writes about each request: when it came, how it ended, how long its parts took. No address, header or body of a
 * customer; {@code requestId} leads to the function's own line.
 */
final class AccessLog {
    static final String FORMAT = format(List.of(
            field("requestId", "requestId"),
            field("extendedRequestId", "extendedRequestId"),
            field("time", "requestTimeEpoch"),
            field("method", "httpMethod"),
            field("path", "path"),
            field("status", "status"),
            field("responseLength", "responseLength"),
            field("responseLatency", "responseLatency"),
            field("integrationStatus", "integration.status"),
            field("integrationLatency", "integration.latency"),
            field("timeToAllHeaders", "integration.timeToAllHeaders"),
            field("timeToFirstContent", "integration.timeToFirstContent"),
            field("responseTransferMode", "integration.responseTransferMode"),
            field("gatewayError", "error.responseType"),
            field("wafStatus", "waf.status")));

    private AccessLog() {}

    private static String field(String name, String variable) {
        return "\"" + name + "\":\"$context." + variable + "\"";
    }

    private static String format(List<String> fields) {
        return fields.stream().collect(Collectors.joining(",", "{", "}"));
    }
}
