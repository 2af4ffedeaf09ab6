package network.cortensor.portal.api;

import java.util.Optional;
import network.cortensor.portal.api.Parts.ModelsAccess;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Headers;
import network.cortensor.portal.api.keys.Caller;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.api.keys.KeysUnavailable;
import network.cortensor.portal.api.keys.PresentedKey;

/** Lets nobody in without a key. It stands before everything else, so that a request without one costs next to nothing. */
record KeyGate(Keys keys) {

    Operation guard(Operation.ForCaller operation) {
        return exchange -> operation.perform(exchange, caller(exchange.request().headers()));
    }

    /** The list of models may be open to anybody; that is the deployment's choice. */
    Operation guard(ModelsAccess access, Operation operation) {
        return switch (access) {
            case ANYBODY -> operation;
            case KEY_HOLDERS -> guard((exchange, caller) -> operation.perform(exchange));
        };
    }

    private Caller caller(Headers headers) throws Rejection {
        Optional<PresentedKey> key = PresentedKey.of(headers);
        if (key.isEmpty()) {
            throw new Rejection(ApiError.invalidApiKey());
        }
        try {
            return keys.identify(key.get()).orElseThrow(() -> new Rejection(ApiError.invalidApiKey()));
        } catch (KeysUnavailable e) {
            throw new Rejection(ApiError.serviceUnavailable());
        }
    }
}
