package network.cortensor.portal.usage;

import network.cortensor.portal.keys.Customer;

/** A request that is let in if both bounds hold: each of its numbers is added to what is there. */
public record Entry(String keyId, OpenRequest request, Bounds key, Bounds customer) {
    static Entry of(Counters seen, Customer customer, OpenRequest request) {
        return new Entry(
                customer.keyId(),
                request,
                Bounds.of(customer.plan().key(), seen.key(customer.keyId()).use(), request.reserved()),
                Bounds.of(customer.plan().customer(), seen.use(), request.reserved()));
    }
}
