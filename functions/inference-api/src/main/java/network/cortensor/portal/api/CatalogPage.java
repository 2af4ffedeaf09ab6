package network.cortensor.portal.api;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.api.Parts.ModelsAccess;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Reached;
import network.cortensor.portal.api.page.Offer;
import network.cortensor.portal.api.page.PageDocument;

/**
 * {@code GET /}: the models for people who have not called one yet, without a key. Where only key holders may read the list of models
 * the page holds none of them: pages cannot send keys, and a key typed into one would be in the wrong place.
 */
record CatalogPage(Models models, ModelsAccess access, InstantSource clock) implements Operation {
    static final String PATH = "/";

    @Override
    public void perform(Exchange exchange) throws Rejection, IOException {
        Reached reached = exchange.request().reached();
        PageDocument page = new PageDocument(reached, reached.prefix(PATH), clock.instant());
        switch (access) {
            case ANYBODY -> show(exchange, page);
            case KEY_HOLDERS -> exchange.reply().html(200, PageDocument.HEADERS, page.forKeyHolders());
        }
    }

    /** The error is shown to people first, and thrown for the log line. */
    private void show(Exchange exchange, PageDocument page) throws Rejection, IOException {
        List<Offer> offers;
        try {
            offers = models.offered();
        } catch (Rejection rejection) {
            Map<String, String> headers = new HashMap<>(PageDocument.HEADERS);
            headers.putAll(rejection.error().headers());
            exchange.reply().html(rejection.error().row().status(), headers, page.unavailable());
            throw rejection;
        }
        exchange.reply().html(200, PageDocument.HEADERS, page.of(offers));
    }
}
