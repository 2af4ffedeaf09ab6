package network.cortensor.portal.testkit.ssm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import network.cortensor.portal.testkit.http.CannedReply;
import network.cortensor.portal.testkit.http.CoHostedService;
import network.cortensor.portal.testkit.http.HttpServer;
import network.cortensor.portal.testkit.http.PeerRequest;
import network.cortensor.portal.testkit.ssm.ParameterStore.Existing;

/**
 * SSM Parameter Store on a loopback port, for the real SDK client with its endpoint overridden: {@code GetParameter}, {@code
 * GetParameters}, {@code GetParametersByPath}, {@code PutParameter}, {@code DeleteParameter}. Secure strings are shown in plain only to
 * those who ask for decryption.
 *
 * <p>Credentials and regions are not looked at. Names are looked up as they are, without versions or labels. Safe for use by many threads.
 */
public final class SsmEmulator implements CoHostedService, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

    private static final String OPERATION = "X-Amz-Target";

    private final ParameterStore store = new ParameterStore(InstantSource.system());
    private final SsmOperations operations = new SsmOperations(store);
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final HttpServer server;
    private volatile Failing failing = new Failing(SsmFault.NONE, "");

    private record Failing(SsmFault fault, String text) {}

    private SsmEmulator(int port) {
        server = HttpServer.start(port, (request, answer) -> answer.send(answer(request)));
    }

    /**
     * @param port 0 for any free one
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static SsmEmulator start(int port) {
        return new SsmEmulator(port);
    }

    /** What the SDK's {@code endpointOverride} wants. */
    public URI url() {
        return server.url();
    }

    /** Puts a secure string there, or replaces it. */
    public void put(String name, String value) {
        put(name, Parameter.SECURE, value);
    }

    /** Puts a string there that is no secret, or replaces it. */
    public void putPlain(String name, String value) {
        put(name, Parameter.PLAIN, value);
    }

    private void put(String name, String type, String value) {
        try {
            store.put(name, type, value, Existing.OVERWRITTEN);
        } catch (SsmError e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Fails every call from now on.
     *
     * @param text the error's message, in which a test may plant what must not get out
     */
    public void fail(SsmFault fault, String text) {
        failing = new Failing(fault, text);
    }

    /** Works again. */
    public void recover() {
        failing = new Failing(SsmFault.NONE, "");
    }

    /** How often this operation, such as {@code GetParameter}, was called; each retry counts. */
    public int calls(String operation) {
        return calls.getOrDefault(operation, 0);
    }

    @Override
    public void close() {
        server.close();
    }

    /** By the operation's name, wherever else it is sent. */
    @Override
    public boolean serves(PeerRequest head) {
        return head.header(OPERATION).orElse("").startsWith("AmazonSSM.");
    }

    @Override
    public CannedReply answer(PeerRequest request) {
        String target = request.header(OPERATION).orElse("");
        String operation = target.substring(target.indexOf('.') + 1);
        calls.merge(operation, 1, Integer::sum);
        try {
            return reply("200 OK", answer(operation, request.body()));
        } catch (SsmError e) {
            ObjectNode error = JSON.createObjectNode().put("__type", e.type()).put("message", e.text());
            return reply(e.status(), error);
        }
    }

    private ObjectNode answer(String operation, String body) throws SsmError {
        Failing now = failing;
        SsmError error = now.fault().error(now.text()).orElse(null);
        if (error != null) {
            throw error;
        }
        try {
            JsonNode request = JSON.readTree(body);
            return operations.answer(operation, request == null ? JSON.createObjectNode() : request);
        } catch (JsonProcessingException e) {
            throw SsmError.client("SerializationException", "no JSON");
        }
    }

    private static CannedReply reply(String status, ObjectNode body) {
        return new CannedReply(status, CONTENT_TYPE, Map.of(), body.toString());
    }
}
