package network.cortensor.portal.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

/**
 * Where a deployment is called, each with the path that OpenAI clients take as their base.
 *
 * @param api through API Gateway
 * @param streaming the Function URL, where it is to be tested
 */
public record DeploymentUrls(URI api, Optional<URI> streaming) {
    private static final String API = "ApiUrl";
    private static final String STREAMING = "StreamingUrl";

    public DeploymentUrls {
        requireBase("the API's URL", api);
        streaming.ifPresent(url -> requireBase("the streaming URL", url));
    }

    private static void requireBase(String what, URI url) {
        boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!http || url.getHost() == null || !url.getPath().endsWith("/v1")) {
            throw new IllegalArgumentException(what + ": " + url + " (expected: http:// or https://, ending in /v1)");
        }
    }

    /**
     * Reads what {@code cdk deploy --outputs-file} left.
     *
     * @throws IllegalArgumentException naming the file and what it lacks
     */
    public static DeploymentUrls read(Path outputs) {
        JsonNode stacks;
        try {
            stacks = new ObjectMapper().readTree(outputs.toFile());
        } catch (IOException e) {
            throw new IllegalArgumentException(outputs + ": cannot be read as JSON (expected: the file that "
                    + "cdk deploy --outputs-file wrote)");
        }
        for (Iterator<JsonNode> each = stacks.elements(); each.hasNext(); ) {
            JsonNode stack = each.next();
            if (stack.path(API).isTextual() && stack.path(STREAMING).isTextual()) {
                return new DeploymentUrls(
                        URI.create(stack.path(API).asText()),
                        Optional.of(URI.create(stack.path(STREAMING).asText())));
            }
        }
        throw new IllegalArgumentException(
                outputs + ": no stack with " + API + " and " + STREAMING + " (expected: the outputs of Portal-*)");
    }

    /** The same without the Function URL. */
    public DeploymentUrls withoutStreaming() {
        return new DeploymentUrls(api, Optional.empty());
    }
}
