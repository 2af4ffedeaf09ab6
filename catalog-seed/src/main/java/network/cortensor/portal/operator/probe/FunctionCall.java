package network.cortensor.portal.operator.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import network.cortensor.portal.operator.frame.Account;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Invokes a Lambda function and waits for its answer: one signed POST, never repeated. The SDK's client for Lambda would bring a thousand other
 * operations for it, and so many classes.
 */
final class FunctionCall {
    /** What Lambda lets a function run at most, of ours; and a little more. */
    private static final Duration PATIENCE = Duration.ofSeconds(310);

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Account account;
    private final URI endpoint;

    /** @param endpoint of Lambda */
    FunctionCall(Account account, URI endpoint) {
        this.account = account;
        this.endpoint = endpoint;
    }

    /** Lambda's own address in a region. */
    static URI endpointOf(String region) {
        return URI.create(
                "https://lambda." + region + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com"));
    }

    /**
     * The function's answer.
     *
     * @param function its ARN
     * @throws CommandStopped if Lambda or the function fails
     */
    JsonNode invoke(String function, String payload) throws CommandStopped {
        SignedRequest signed = signed(function, payload);
        HttpExecuteRequest call = HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(signed.payload().orElse(null))
                .build();
        try (SdkHttpClient http = Apache5HttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(PATIENCE)
                .build()) {
            HttpExecuteResponse response = http.prepareRequest(call).call();
            String body = body(response);
            int status = response.httpResponse().statusCode();
            if (status != 200) {
                throw failed("Lambda answered " + status + ": " + text(body, "Message", "message"));
            }
            if (response.httpResponse()
                    .firstMatchingHeader("X-Amz-Function-Error")
                    .isPresent()) {
                throw failed("the function failed: " + text(body, "errorType", "errorMessage"));
            }
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw failed("the function's answer is no JSON");
        } catch (IOException e) {
            throw failed("Lambda cannot be reached, or did not answer in time");
        }
    }

    private SignedRequest signed(String function, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create(endpoint.toString().replaceFirst("/$", "") + "/2015-03-31/functions/"
                        + URLEncoder.encode(function, StandardCharsets.UTF_8) + "/invocations"))
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", Integer.toString(bytes.length))
                .build();
        return AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(account.credentials().resolveCredentials())
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(bytes))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lambda")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, account.region()));
    }

    private static String body(HttpExecuteResponse response) throws IOException {
        if (response.responseBody().isEmpty()) {
            return "";
        }
        try (InputStream body = response.responseBody().get()) {
            return new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
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
