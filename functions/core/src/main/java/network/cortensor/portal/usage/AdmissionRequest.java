package network.cortensor.portal.usage;

import java.util.Optional;
import network.cortensor.portal.keys.Customer;

/** A request of which nothing is known but whose it is, with the counters as they were seen for it. Used by one thread. */
public final class AdmissionRequest {
    private final Ledger ledger;
    private final Customer customer;
    private final Counters seen;
    private final Allowance allowance;

    AdmissionRequest(Ledger ledger, Customer customer, Counters seen) {
        this.ledger = ledger;
        this.customer = customer;
        this.seen = seen;
        this.allowance = ledger.allowance(seen, customer, ledger.now());
    }

    /** What the key may still use. */
    public Allowance allowance() {
        return allowance;
    }

    /** The limit that leaves no room for whatever is asked for, if there is one. */
    public Optional<OverLimit> over() {
        return allowance.over();
    }

    /** Whether nothing but requests in flight leaves no room. */
    boolean lacksOnlyPlaces() {
        return allowance.lacksOnlyPlaces();
    }

    /**
     * Counts the request as one that was refused: for the limits of requests per minute, and for no other. For when its customer has the answer.
     *
     * @throws UsageUnavailable if it is unknown whether it counts
     */
    public void countRefused() throws UsageUnavailable {
        ledger.countRefused(seen, customer);
    }

    /**
     * Lets the request in if every limit has room for it, however many ask at once.
     *
     * @param alias that it asks for
     * @throws UsageUnavailable if it is unknown whether the request got in. It is not let in then, and what was counted comes back
     */
    public Admission admit(RequestId request, String alias, RequestedUse wanted) throws UsageUnavailable {
        return ledger.admit(seen, new Ledger.Arrival(customer, request, alias, wanted));
    }
}
