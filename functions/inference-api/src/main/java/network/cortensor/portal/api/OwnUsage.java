package network.cortensor.portal.api;

import java.io.IOException;
import java.util.Map;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.limits.UsageReport;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.usage.Ledger;
import network.cortensor.portal.usage.UsageUnavailable;

/** {@code GET /v1/usage}. Counts for no limit itself, and answers those who are over one. */
record OwnUsage(Ledger ledger) implements Operation.ForCustomer {
    @Override
    public void perform(ApiExchange exchange, Customer customer) throws Rejection, IOException {
        try {
            exchange.reply()
                    .json(
                            200,
                            Map.of(),
                            UsageReport.of(customer, ledger.look(customer).allowance()));
        } catch (UsageUnavailable e) {
            throw new Rejection(ApiError.serviceUnavailable());
        }
    }
}
