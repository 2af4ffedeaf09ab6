package network.cortensor.portal.api;

import java.util.List;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.api.keys.PresentedKey;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.KeyVerdict;

/** Lets nobody in without a key. It stands before everything else, so that a request without one costs next to nothing. */
record KeyGate(Keys keys) {

    Operation guard(Operation.ForCustomer operation) {
        return exchange -> operation.perform(exchange, customer(exchange, presented(exchange)));
    }

    /**
     * The list of models may be open to anybody; that is the deployment's choice. A key that comes all the same is checked, since it
     * decides which of them there are.
     */
    Operation guard(ModelsAccess access, Operation.OnModels operation) {
        return switch (access) {
            case ANYBODY ->
                exchange -> {
                    List<PresentedKey> presented = presented(exchange);
                    operation.perform(
                            exchange,
                            presented.isEmpty()
                                    ? new AllowedModels.All()
                                    : customer(exchange, presented).models());
                };
            case KEY_HOLDERS -> guard((exchange, customer) -> operation.perform(exchange, customer.models()));
        };
    }

    private static List<PresentedKey> presented(ApiExchange exchange) {
        return PresentedKey.of(exchange.request().headers());
    }

    private Customer customer(ApiExchange exchange, List<PresentedKey> presented) throws Rejection {
        Customer customer = customer(presented);
        exchange.log().identified(customer);
        return customer;
    }

    /** The first good key counts, whatever else was sent. */
    Customer customer(List<PresentedKey> presented) throws Rejection {
        boolean unavailable = false;
        for (PresentedKey key : presented) {
            switch (keys.check(key)) {
                case KeyVerdict.Known known -> {
                    return known.customer();
                }
                case KeyVerdict.Unknown ignored -> {}
                case KeyVerdict.Unavailable ignored -> unavailable = true;
            }
        }
        throw new Rejection(unavailable ? ApiError.serviceUnavailable() : ApiError.invalidApiKey());
    }
}
