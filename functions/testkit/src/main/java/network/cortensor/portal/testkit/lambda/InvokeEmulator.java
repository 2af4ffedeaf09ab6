package network.cortensor.portal.testkit.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.testkit.http.CannedReply;
import network.cortensor.portal.testkit.http.CoHostedService;
import network.cortensor.portal.testkit.http.PeerRequest;

/**
 * Lambda's {@code Invoke}, synchronous, from payload to payload. Functions are known by name; an ARN, a version or an alias around it is looked
 * through. Credentials are not looked at.
 */
public final class InvokeEmulator implements CoHostedService {
    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, UnaryOperator<String>> functions;

    /** @param functions from JSON to JSON; whatever they throw is the caller's {@code X-Amz-Function-Error} */
    public InvokeEmulator(Map<String, UnaryOperator<String>> functions) {
        this.functions = Map.copyOf(functions);
    }

    @Override
    public boolean serves(PeerRequest head) {
        return PATH.matcher(head.path()).matches();
    }

    @Override
    public CannedReply answer(PeerRequest request) {
        Matcher path = PATH.matcher(request.path());
        String named = path.matches() ? URLDecoder.decode(path.group(1), StandardCharsets.UTF_8) : "";
        return Optional.ofNullable(functions.get(name(named)))
                .map(function -> invoke(function, request.body()))
                .orElseGet(() -> new CannedReply(
                        "404 Not Found",
                        CannedReply.JSON,
                        Map.of("x-amzn-ErrorType", "ResourceNotFoundException"),
                        error("Message", "Function not found: " + named)));
    }

    private static CannedReply invoke(UnaryOperator<String> function, String payload) {
        try {
            return CannedReply.json("200 OK", function.apply(payload));
        } catch (RuntimeException e) {
            return new CannedReply(
                    "200 OK",
                    CannedReply.JSON,
                    Map.of("X-Amz-Function-Error", "Unhandled"),
                    error("errorType", e.getClass().getName()));
        }
    }

    /** Without what an ARN has before it, and an alias or version behind it. */
    private static String name(String called) {
        return called.replaceFirst("^arn:[^:]*:lambda:[^:]*:[^:]*:function:", "")
                .replaceFirst(":.*$", "");
    }

    private static String error(String field, String text) {
        ObjectNode error = JSON.createObjectNode().put(field, text);
        return error.toString();
    }
}
