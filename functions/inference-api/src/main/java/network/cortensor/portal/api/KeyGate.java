package network.cortensor.portal.api;

import java.util.Optional;
import network.cortensor.portal.api.Parts.ModelsAccess;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Headers;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.api.keys.PresentedKey;
import network.cortensor.portal.keys.KeyHolder;
import network.cortensor.portal.keys.KeyVerdict;

/** Lets nobody in without a key. It stands before everything else, so that a request without one costs next to nothing. */
record KeyGate(Keys keys) {

    Operation guard(Operation.ForHolder operation) {
        return exchange -> operation.perform(exchange, holder(exchange.request().headers()));
    }

    /** The list of models may be open to anybody; that is the deployment's choice. */
    Operation guard(ModelsAccess access, Operation operation) {
        return switch (access) {
            case ANYBODY -> operation;
            case KEY_HOLDERS -> guard((exchange, holder) -> operation.perform(exchange));
        };
    }

    private KeyHolder holder(Headers headers) throws Rejection {
        Optional<PresentedKey> key = PresentedKey.of(headers);
        if (key.isEmpty()) {
            throw new Rejection(ApiError.invalidApiKey());
        }
        return switch (keys.check(key.get())) {
            case KeyVerdict.Known known -> known.holder();
            case KeyVerdict.Unknown ignored -> throw new Rejection(ApiError.invalidApiKey());
            case KeyVerdict.Unavailable ignored -> throw new Rejection(ApiError.serviceUnavailable());
        };
    }
}
