package network.cortensor.portal.usage;

import network.cortensor.portal.usage.UsageEvent.Account;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.State;
import network.cortensor.portal.usage.UsageEvent.Tokens;

/**
 * A request that was let in. It has to be settled, whatever becomes of it. If its worker dies before that, a later reader of the customer's counters closes it. Used by one
 * thread.
 */
public final class Reservation {
    private final Ledger ledger;
    private Account account;
    private final OpenRequest request;
    private final RequestedUse wanted;
    private final Counters counters;
    private final Allowance allowance;

    Reservation(Ledger ledger, Account account, RequestedUse wanted, Entered entered) {
        this.ledger = ledger;
        this.account = account;
        this.wanted = wanted;
        this.request = entered.request();
        this.counters = entered.counters();
        this.allowance = entered.allowance();
    }

    /** How a request got in, and how the counters stood then. */
    record Entered(OpenRequest request, Counters counters, Allowance allowance) {}

    /** What the key may still use, this request reckoned in. */
    public Allowance allowance() {
        return allowance;
    }

    /** The longest answer that is reserved, in tokens: at least 1, at most what was wanted. */
    public long answer() {
        return request.reserved() - wanted.prompt();
    }

    /** Records the request before anything is sent for it. */
    public void open() throws UsageUnavailable {
        ledger.table().open(UsageEvent.open(request.id(), account, wanted.prompt()));
    }

    /** Another model answers than the one that was asked first. */
    public void answeredBy(String alias) {
        account = new Account(account.keyId(), account.customer(), alias);
    }

    /**
     * Records how the request ended and gives back what it did not use. Calling it again changes nothing. Each of the two writes is sent once more if the table
     * did not answer, because its answer may be all that was lost, and a customer's place in flight is worth a second try.
     */
    public void settle(Ending ending, Tokens used) throws UsageUnavailable {
        ledger.took(account.customer(), ending.total());
        UsageEvent event = new UsageEvent(request.id(), account, used, new State.Settled(ending));
        UsageEvent standing = answered(() -> ledger.table().settle(event));
        answered(() -> ledger.leave(counters, new Ledger.Departure(account.keyId(), request, standing.totals())));
    }

    /** A write whose repetition finds that it was carried out already, and counts nothing twice. */
    @FunctionalInterface
    private interface Write<T> {
        T carryOut() throws UsageUnavailable;
    }

    private static <T> T answered(Write<T> write) throws UsageUnavailable {
        try {
            return write.carryOut();
        } catch (UsageUnavailable e) {
            return write.carryOut();
        }
    }
}
