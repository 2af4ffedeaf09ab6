package network.cortensor.portal.api;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.model.ModelAlias;
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
        if (!isAllowed(name, view.alias(), allowed)) {
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
                    .filter(view -> !view.alias().retired())
                    .filter(view -> allowed.allowsAny(names(view.alias())))
                    .toList();
        } catch (CatalogUnavailable e) {
            return List.of();
        }
    }

    /** The names that lead to an alias; only its own if the catalog cannot be read. */
    List<String> names(ModelAlias alias) {
        try {
            return catalog.names(alias);
        } catch (CatalogUnavailable e) {
            return List.of(alias.name());
        }
    }

    /** By its own name or the one that was sent, and else by any other that leads to it: one that is taken opens nothing. */
    private boolean isAllowed(String sent, ModelAlias alias, AllowedModels allowed) {
        return allowed.allows(alias.name()) || allowed.allows(sent) || allowed.allowsAny(names(alias));
    }

    private static AliasView view(CatalogRead read) throws Rejection {
        try {
            return read.view().orElseThrow(() -> new Rejection(ApiError.modelNotFound()));
        } catch (CatalogUnavailable e) {
            throw new Rejection(ApiError.serviceUnavailable());
        }
    }
}
