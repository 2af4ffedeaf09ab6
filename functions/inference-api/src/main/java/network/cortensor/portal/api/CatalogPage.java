package network.cortensor.portal.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Document;
import network.cortensor.portal.api.http.Reached;
import network.cortensor.portal.api.page.PageDocument;

/**
 * {@code GET /}: the models for people who have not called one yet, without a key. Where only key holders may read the list of models
 * the page holds none of them: pages cannot send keys, and a key typed into one would be in the wrong place.
 */
final class CatalogPage implements Operation {
    static final String PATH = "/";

    private static final Duration GOOD_FOR = Duration.ofSeconds(15);

    private final Models models;
    private final ModelsAccess access;
    private final InstantSource clock;
    private final Documents documents;

    CatalogPage(Models models, ModelsAccess access, InstantSource clock) {
        this.models = models;
        this.access = access;
        this.clock = clock;
        this.documents = new Documents(GOOD_FOR, clock);
    }

    /** The error is shown to people first, and thrown for the log line. */
    @Override
    public void perform(ApiExchange exchange) throws Rejection, IOException {
        Reached reached = exchange.request().reached();
        Document page;
        try {
            page = documents.at(reached.origin() + reached.prefix(PATH), from -> page(reached, from));
        } catch (Rejection rejection) {
            unavailable(exchange, rejection);
            throw rejection;
        }
        exchange.reply().document(page, exchange.request().headers(), PageDocument.headers(GOOD_FOR));
    }

    private Document page(Reached reached, Instant from) throws Rejection {
        PageDocument page = new PageDocument(reached, reached.prefix(PATH), from);
        return Document.html(
                switch (access) {
                    case ANYBODY -> page.of(models.offered());
                    case KEY_HOLDERS -> page.forKeyHolders();
                });
    }

    private void unavailable(ApiExchange exchange, Rejection rejection) throws IOException {
        Reached reached = exchange.request().reached();
        PageDocument page = new PageDocument(reached, reached.prefix(PATH), clock.instant());
        Map<String, String> headers = new HashMap<>(PageDocument.headers(Duration.ZERO));
        headers.putAll(rejection.error().headers());
        exchange.reply().html(rejection.error().row().status(), headers, page.unavailable());
    }
}
