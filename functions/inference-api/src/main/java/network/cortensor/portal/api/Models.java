package network.cortensor.portal.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.openai.ModelObject;
import network.cortensor.portal.api.page.OfferedModel;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.routing.Availability;

/** {@code GET /v1/models} and {@code GET /v1/models/{model}}. */
record Models(Catalog catalog, Activity activity, InstantSource clock) {

    /** Whatever is listed can be called, so retired models are not. */
    void list(ApiExchange exchange, AllowedModels allowed) throws Rejection, IOException {
        AliasLookup lookup = new AliasLookup(catalog);
        List<ObjectNode> models = offered().stream()
                .filter(offer -> allowed.allowsAny(lookup.names(offer.alias())))
                .map(offer -> ModelObject.of(offer.alias().name(), offer))
                .toList();
        exchange.reply().json(200, Map.of(), ModelObject.list(models));
    }

    /** What there is for a customer who may use everything, by the models' names. */
    List<OfferedModel> offered() throws Rejection {
        return all().stream()
                .filter(view -> !view.alias().retired())
                .map(this::offer)
                .toList();
    }

    void retrieve(ApiExchange exchange, AllowedModels allowed) throws Rejection, IOException {
        String name = exchange.request().segments().getLast();
        AliasView view = new AliasLookup(catalog).find(name, allowed);
        exchange.log().resolved(name, view);
        OfferedModel offer = offer(view);
        exchange.reply().json(200, Map.of(), ModelObject.of(name, offer));
    }

    private List<AliasView> all() throws Rejection {
        try {
            return catalog.all();
        } catch (CatalogUnavailable e) {
            throw new Rejection(ApiError.serviceUnavailable());
        }
    }

    private OfferedModel offer(AliasView view) {
        return new OfferedModel(
                view.alias(),
                Availability.of(view, clock.instant()),
                new AliasTerms(view).capabilities(),
                activity.figures(view.alias().name(), new AliasLookup(catalog).names(view.alias())));
    }
}
