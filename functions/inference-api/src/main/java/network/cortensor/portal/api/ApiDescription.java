package network.cortensor.portal.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.fields.FieldTable;
import network.cortensor.portal.api.http.Document;
import network.cortensor.portal.api.http.Reached;
import network.cortensor.portal.model.Endpoint;

/**
 * {@code GET /openapi.json}: this API in the words of OpenAPI 3.1, with the server that was asked. The description is a file, into which
 * the {@linkplain FieldTable table of fields} is written; tests hold it against routes, errors, readers and real answers, in both directions.
 */
final class ApiDescription implements Operation {
    static final String PATH = "/openapi.json";

    /** It changes with a deployment, so clients that have a copy ask again whether it is still good. */
    private static final Map<String, String> CACHED = Map.of("cache-control", "public, max-age=300");

    private final Documents documents;

    ApiDescription(InstantSource clock) {
        this.documents = new Documents(Duration.ofDays(1), clock);
    }

    @Override
    public void perform(ApiExchange exchange) throws Rejection, IOException {
        Reached reached = exchange.request().reached();
        String base = reached.origin() + reached.prefix(PATH);
        Document served = documents.at(base, from -> servedAt(base));
        exchange.reply().document(served, exchange.request().headers(), CACHED);
    }

    private static Document servedAt(String base) {
        ObjectNode served = read();
        served.putArray("servers").addObject().put("url", base);
        return Document.json(served.toString());
    }

    /** Anew for each document, which is once a day: kept in memory, the tree would take 0.8 MB. */
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
            case MESSAGES -> "MessageInput";
            case RESPONSES -> "ResponseRequest";
        };
    }
}
