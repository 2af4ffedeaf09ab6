package network.cortensor.portal.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.openai.ModelObject;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.routing.Availability;

/** {@code GET /v1/models} and {@code GET /v1/models/{model}}. */
record Models(Catalog catalog, InstantSource clock) {

    /** Whatever is listed can be called, so retired models are not. */
    void list(Exchange exchange) throws Rejection, IOException {
        List<ObjectNode> models = new ArrayList<>();
        for (AliasView view : all()) {
            if (!view.alias().retired()) {
                models.add(describe(view));
            }
        }
        exchange.reply().json(200, Map.of(), ModelObject.list(models));
    }

    void retrieve(Exchange exchange) throws Rejection, IOException {
        String name = exchange.request().segments().getLast();
        AliasView view = new AliasLookup(catalog).find(name);
        exchange.log().resolved(view);
        exchange.reply().json(200, Map.of(), describe(view));
    }

    private List<AliasView> all() throws Rejection {
        try {
            return catalog.all();
        } catch (CatalogUnavailable e) {
            throw new Rejection(ApiError.serviceUnavailable());
        }
    }

    private ObjectNode describe(AliasView view) {
        Instant now = clock.instant();
        return ModelObject.of(view.alias(), Availability.of(view, now));
    }
}
