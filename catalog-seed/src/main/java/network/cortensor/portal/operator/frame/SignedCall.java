package network.cortensor.portal.operator.frame;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
 * One signed call of a service of AWS, never repeated. For the one operation of a service that the tool needs, the SDK's client of that service would
 * bring a thousand others, and so many classes.
 */
public final class SignedCall {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 8 * 1024 * 1024;

    private final Account account;
    private final String service;
    private final Duration patience;

    /**
     * @param service its name in signatures, such as {@code lambda}
     * @param patience how long the service may be silent
     */
    public SignedCall(Account account, String service, Duration patience) {
        this.account = account;
        this.service = service;
        this.patience = patience;
    }

    /** What came back. */
    public record Answer(int status, String body, HttpExecuteResponse response) {
        public Optional<String> header(String name) {
            return response.httpResponse().firstMatchingHeader(name);
        }
    }

    /** AWS's own address of a service in a region. */
    public static URI endpointOf(String service, String region) {
        return URI.create("https://" + service + "." + region
                + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com"));
    }

    /** @throws IOException if the service cannot be reached, or is silent for too long */
    public Answer post(URI uri, Map<String, String> headers, String payload) throws IOException {
        return send(SdkHttpMethod.POST, uri, headers, payload);
    }

    /** @throws IOException if the service cannot be reached, or is silent for too long */
    public Answer get(URI uri) throws IOException {
        return send(SdkHttpMethod.GET, uri, Map.of(), "");
    }

    private Answer send(SdkHttpMethod method, URI uri, Map<String, String> headers, String payload) throws IOException {
        SignedRequest signed = signed(method, uri, headers, payload.getBytes(StandardCharsets.UTF_8));
        HttpExecuteRequest call = HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(signed.payload().orElse(null))
                .build();
        try (SdkHttpClient http = Apache5HttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(patience)
                .build()) {
            HttpExecuteResponse response = http.prepareRequest(call).call();
            return new Answer(response.httpResponse().statusCode(), body(response), response);
        }
    }

    private SignedRequest signed(SdkHttpMethod method, URI uri, Map<String, String> headers, byte[] bytes) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(method)
                .uri(uri)
                .putHeader("Content-Length", Integer.toString(bytes.length));
        headers.forEach(request::putHeader);
        return AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(account.credentials().resolveCredentials())
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(bytes))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
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
}
