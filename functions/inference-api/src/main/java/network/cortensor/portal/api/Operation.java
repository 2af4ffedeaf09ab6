package network.cortensor.portal.api;

import java.io.IOException;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;

/** What is done for a request of one route. Called on the request's own thread, and blocks until the request is answered. Implementations are safe for use by many threads. */
@FunctionalInterface
interface Operation {
    /**
     * Answers the request.
     *
     * @throws Rejection if it is answered with an error instead
     * @throws IOException if the worker's own connection is gone
     */
    void perform(ApiExchange exchange) throws Rejection, IOException, InterruptedException;

    /** An operation on models, for anybody who may see these. */
    @FunctionalInterface
    interface OnModels {
        void perform(ApiExchange exchange, AllowedModels models) throws Rejection, IOException, InterruptedException;
    }

    /** An operation for those who have a key. */
    @FunctionalInterface
    interface ForCustomer {
        void perform(ApiExchange exchange, Customer customer) throws Rejection, IOException, InterruptedException;
    }
}
