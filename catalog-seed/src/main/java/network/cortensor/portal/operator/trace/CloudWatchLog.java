package network.cortensor.portal.operator.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.SignedCall;
import network.cortensor.portal.usage.RequestId;

/** Reads what a log group has of a request: {@code FilterLogEvents} over the minutes in which the request can have run. */
final class CloudWatchLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A request lasts 300 s at most, and its line is written at its end; lines need a moment to arrive. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Clocks of the function and of CloudWatch. */
    private static final Duration BEFORE = Duration.ofMinutes(1);

    private static final int MOST_PAGES = 200;

    private final SignedCall logs;
    private final URI endpoint;

    CloudWatchLog(SignedCall logs, URI endpoint) {
        this.logs = logs;
        this.endpoint = endpoint;
    }

    static CloudWatchLog of(Access access) {
        return new CloudWatchLog(
                new SignedCall(access.account(), "logs", PATIENCE),
                access.endpoints()
                        .logs()
                        .orElseGet(() ->
                                SignedCall.endpointOf("logs", access.account().region())));
    }

    /**
     * The messages that name the request.
     *
     * @throws CommandStopped if CloudWatch does not answer as it should
     */
    List<String> messages(String group, RequestId id) throws CommandStopped {
        List<String> messages = new ArrayList<>();
        String next = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode answer = page(group, id, next);
            answer.path("events")
                    .forEach(event -> messages.add(event.path("message").asText()));
            next = answer.path("nextToken").asText();
            if (next.isEmpty()) {
                break;
            }
        }
        return messages;
    }

    private JsonNode page(String group, RequestId id, String token) throws CommandStopped {
        Instant at = id.at();
        ObjectNode ask = JSON.createObjectNode()
                .put("logGroupName", group)
                .put("filterPattern", '"' + id.text() + '"')
                .put("startTime", at.minus(BEFORE).toEpochMilli())
                .put("endTime", at.plus(LONGEST).toEpochMilli());
        if (!token.isEmpty()) {
            ask.put("nextToken", token);
        }
        try {
            SignedCall.Answer answer = logs.post(
                    endpoint,
                    Map.of(
                            "Content-Type",
                            "application/x-amz-json-1.1",
                            "X-Amz-Target",
                            "Logs_20140328.FilterLogEvents"),
                    ask.toString());
            JsonNode body = JSON.readTree(answer.body());
            if (answer.status() != 200) {
                throw failed("CloudWatch Logs answered " + answer.status() + ": "
                        + body.path("message").asText(body.path("__type").asText("no reason given")));
            }
            return body;
        } catch (IOException e) {
            throw failed("CloudWatch Logs cannot be reached, or did not answer as it should");
        }
    }

    private static CommandStopped failed(String why) {
        return new CommandStopped(ExitCode.AWS, "AWS: " + why);
    }
}
