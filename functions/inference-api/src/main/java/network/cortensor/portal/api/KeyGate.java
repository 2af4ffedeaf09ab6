package network.cortensor.portal.api;

import java.util.Optional;
import network.cortensor.portal.api.Parts.ModelsAccess;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.api.keys.PresentedKey;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.KeyHolder;
import network.cortensor.portal.keys.KeyVerdict;

/** Lets nobody in without a key. It stands before everything else, so that a request without one costs next to nothing. */
record KeyGate(Keys keys) {

    Operation guard(Operation.ForHolder operation) {
        return exchange -> operation.perform(exchange, holder(exchange, presented(exchange)));
    }

    /**
     * The list of models may be open to anybody; that is the deployment's choice. A key that comes all the same is checked, since it
     * decides which of them there are.
     */
    Operation guard(ModelsAccess access, Operation.OnModels operation) {
        return switch (access) {
            case ANYBODY ->
                exchange -> {
                    Optional<PresentedKey> key = presented(exchange);
                    operation.perform(
                            exchange,
                            key.isEmpty()
                                    ? new AllowedModels.All()
                                    : holder(exchange, key).models());
                };
            case KEY_HOLDERS -> guard((exchange, holder) -> operation.perform(exchange, holder.models()));
        };
    }

    private static Optional<PresentedKey> presented(Exchange exchange) {
        return PresentedKey.of(exchange.request().headers());
    }

    private KeyHolder holder(Exchange exchange, Optional<PresentedKey> key) throws Rejection {
        KeyHolder holder = switch (key.<KeyVerdict>map(keys::check).orElseGet(KeyVerdict.Unknown::new)) {
            case KeyVerdict.Known known -> known.holder();
            case KeyVerdict.Unknown ignored -> throw new Rejection(ApiError.invalidApiKey());
            case KeyVerdict.Unavailable ignored -> throw new Rejection(ApiError.serviceUnavailable());
        };
        exchange.log().identified(holder);
        return holder;
    }
}
