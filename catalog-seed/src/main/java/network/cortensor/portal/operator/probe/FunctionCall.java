package network.cortensor.portal.operator.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import network.cortensor.portal.operator.frame.Account;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.SignedCall;

/** Invokes a Lambda function and waits for its answer. */
final class FunctionCall {
    /** What Lambda lets a function run at most, of ours; and a little more. */
    private static final Duration PATIENCE = Duration.ofSeconds(310);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SignedCall lambda;
    private final URI endpoint;

    /** @param endpoint of Lambda */
    FunctionCall(Account account, URI endpoint) {
        this.lambda = new SignedCall(account, "lambda", PATIENCE);
        this.endpoint = endpoint;
    }

    /**
     * The function's answer.
     *
     * @param function its ARN
     * @throws CommandStopped if Lambda or the function fails
     */
    JsonNode invoke(String function, String payload) throws CommandStopped {
        URI uri = URI.create(endpoint.toString().replaceFirst("/$", "") + "/2015-03-31/functions/"
                + URLEncoder.encode(function, StandardCharsets.UTF_8) + "/invocations");
        try {
            SignedCall.Answer answer = lambda.post(uri, Map.of("Content-Type", "application/json"), payload);
            if (answer.status() != 200) {
                throw failed("Lambda answered " + answer.status() + ": " + text(answer.body(), "Message", "message"));
            }
            if (answer.header("X-Amz-Function-Error").isPresent()) {
                throw failed("the function failed: " + text(answer.body(), "errorType", "errorMessage"));
            }
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw failed("the function's answer is no JSON");
        } catch (IOException e) {
            throw failed("Lambda cannot be reached, or did not answer in time");
        }
    }

    private static String text(String body, String name, String otherwise) {
        try {
            JsonNode json = JSON.readTree(body);
            return json.path(name).asText(json.path(otherwise).asText("no reason given"));
        } catch (JsonProcessingException e) {
            return "no reason given";
        }
    }

    private static CommandStopped failed(String why) {
        return new CommandStopped(ExitCode.AWS, "AWS: " + why);
    }
}
