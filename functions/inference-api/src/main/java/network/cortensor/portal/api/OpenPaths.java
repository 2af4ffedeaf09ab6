package network.cortensor.portal.api;

import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.api.Operation.OnModels;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Front;

/**
 * What is open to anybody is open at the REST API only, which has a throttle and a firewall. The Function URL has neither, so a client without a key
 * gets the shortest answer that there is.
 */
final class OpenPaths {
    private OpenPaths() {}

    static Operation guard(Operation open) {
        return exchange -> {
            switch (front(exchange)) {
                case REST_API -> open.perform(exchange);
                case FUNCTION_URL -> throw new Rejection(ApiError.servedElsewhere());
            }
        };
    }

    /** At the Function URL a key is needed, even where anybody may read the list of models. */
    static Operation guard(KeyGate gate, ModelsAccess access, OnModels operation) {
        Operation atRestApi = gate.guard(access, operation);
        Operation atFunctionUrl = gate.guard(ModelsAccess.KEY_HOLDERS, operation);
        return exchange -> {
            switch (front(exchange)) {
                case REST_API -> atRestApi.perform(exchange);
                case FUNCTION_URL -> atFunctionUrl.perform(exchange);
            }
        };
    }

    private static Front front(ApiExchange exchange) {
        return exchange.request().front();
    }
}
