package network.cortensor.portal.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import network.cortensor.portal.api.fields.FieldTable;
import network.cortensor.portal.api.http.Reached;
import network.cortensor.portal.model.Endpoint;

/**
 * {@code GET /openapi.json}: this API in the words of OpenAPI 3.1, with the server that was asked. The description is a file, into which
 * the {@linkplain FieldTable table of fields} is written; tests hold it against routes, errors, readers and real answers, in both directions.
 */
final class ApiDescription implements Operation {
    static final String PATH = "/openapi.json";

    private final ObjectNode document = read();

    @Override
    public void perform(Exchange exchange) throws IOException {
        Reached reached = exchange.request().reached();
        ObjectNode served = document.objectNode();
        served.setAll(document);
        served.putArray("servers").addObject().put("url", reached.origin() + reached.prefix(PATH));
        exchange.reply().json(200, Map.of("cache-control", "no-cache"), served);
    }

    private static ObjectNode read() {
        try (InputStream file = ApiDescription.class.getResourceAsStream("openapi.json")) {
            if (file == null) {
                throw new IllegalStateException("openapi.json is not in the package");
            }
            ObjectNode document = new ObjectMapper().readValue(file, ObjectNode.class);
            for (Endpoint endpoint : Endpoint.values()) {
                FieldTable.describe(
                        endpoint, (ObjectNode) document.at("/components/schemas/" + request(endpoint) + "/properties"));
            }
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.json cannot be read", e);
        }
    }

    private static String request(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT -> "ChatCompletionRequest";
            case COMPLETIONS -> "CompletionRequest";
            case MESSAGES -> "MessageRequest";
        };
    }
}
