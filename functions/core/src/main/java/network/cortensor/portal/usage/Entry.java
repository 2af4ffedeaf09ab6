package network.cortensor.portal.usage;

import network.cortensor.portal.keys.Customer;

/** A request that is let in if both bounds hold: each of its numbers is added to what is there. */
public record Entry(String keyId, OpenRequest request, Bounds key, Bounds customer) {
    static Entry of(Counters seen, Customer holder, OpenRequest request) {
        return new Entry(
                holder.keyId(),
                request,
                Bounds.of(holder.plan().key(), seen.key(holder.keyId()).use(), request.reserved()),
                Bounds.of(holder.plan().customer(), seen.use(), request.reserved()));
    }
}
