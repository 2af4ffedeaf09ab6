package network.cortensor.portal.api;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.model.Names;

/** From the name that a customer wrote to an alias that is served. */
record AliasLookup(Catalog catalog) {

    /** What {@code allowed} leaves out does not exist. */
    AliasView find(String name, AllowedModels allowed) throws Rejection {
        return find(name, allowed, () -> catalog.find(name));
    }

    /** What reads the catalog, or has read it. */
    @FunctionalInterface
    interface CatalogRead {
        Optional<AliasView> view() throws CatalogUnavailable;
    }

    /** The same with a catalog that is read already. */
    AliasView find(String name, AllowedModels allowed, CatalogRead read) throws Rejection {
        if (!Names.isName(name)) {
            throw new Rejection(ApiError.modelNotFound());
        }
        AliasView view = view(read);
        if (!allowed.allowsAny(view.alias().names())) {
            throw new Rejection(ApiError.modelNotFound());
        }
        if (view.alias().retired()) {
            throw new Rejection(ApiError.modelRetired(view.alias().lifecycle().successor()));
        }
        return view;
    }

    /** All that are served; none if the catalog cannot be read, since they are wanted only for advice. */
    List<AliasView> served(AllowedModels allowed) {
        try {
            return catalog.all().stream()
                    .filter(view -> !view.alias().retired()
                            && allowed.allowsAny(view.alias().names()))
                    .toList();
        } catch (CatalogUnavailable e) {
            return List.of();
        }
    }

    private static AliasView view(CatalogRead read) throws Rejection {
        try {
            return read.view().orElseThrow(() -> new Rejection(ApiError.modelNotFound()));
        } catch (CatalogUnavailable e) {
            throw new Rejection(ApiError.serviceUnavailable());
        }
    }
}
