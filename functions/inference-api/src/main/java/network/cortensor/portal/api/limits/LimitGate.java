package network.cortensor.portal.api.limits;

import java.util.function.Consumer;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.usage.Admission;
import network.cortensor.portal.usage.AdmissionRequest;
import network.cortensor.portal.usage.Allowance;
import network.cortensor.portal.usage.Ledger;
import network.cortensor.portal.usage.Limit;
import network.cortensor.portal.usage.OverLimit;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.RequestedUse;
import network.cortensor.portal.usage.Reservation;
import network.cortensor.portal.usage.UsageUnavailable;

/**
 * Lets requests in as far as their keys' limits go. Twice: before anything of a request is read, so that one that is over its limit costs next to nothing;
 * and once it is known what it would use, which is when it counts. A request that is refused, at the gate or in between because it is malformed, too long or its
 * model does not exist, counts for the limits of requests per minute and for nothing else.
 */
public record LimitGate(Ledger ledger) {

    /** A request at the gate. */
    public record Incoming(
            RequestId request, Customer customer, ApiReply reply, Books books, Consumer<Limit> refusals) {}

    /**
     * @param counters reads the customer's counters, or has read them
     * @throws Rejection if no request of the key can be let in now
     */
    public AdmissionRequest look(Incoming incoming, Ledger.FirstRead counters) throws Rejection, InterruptedException {
        try {
            AdmissionRequest admissionRequest = ledger.lookPatiently(incoming.customer(), counters);
            incoming.books().looked(admissionRequest);
            show(incoming, admissionRequest.allowance());
            if (admissionRequest.over().isPresent()) {
                throw refusal(incoming, admissionRequest.over().get());
            }
            return admissionRequest;
        } catch (UsageUnavailable e) {
            throw new Rejection(ApiError.serviceUnavailable());
        }
    }

    /**
     * Counts the request. Its record is to be {@linkplain Reservation#open opened} before anything is sent.
     *
     * @throws Rejection if there is no room for it, or nobody knows
     */
    public Reservation enter(Incoming incoming, AdmissionRequest admissionRequest, String alias, RequestedUse wanted)
            throws Rejection {
        try {
            Admission admission = admissionRequest.admit(incoming.request(), alias, wanted);
            show(incoming, admission.allowance());
            return switch (admission) {
                case Admission.Refused refused -> throw refusal(incoming, refused.over());
                case Admission.Admitted admitted -> {
                    incoming.books().keep(admitted.reservation());
                    yield admitted.reservation();
                }
            };
        } catch (UsageUnavailable e) {
            throw new Rejection(ApiError.serviceUnavailable());
        }
    }

    private static void show(Incoming incoming, Allowance allowance) {
        incoming.reply().promise(RateLimitHeaders.of(allowance));
    }

    private static Rejection refusal(Incoming incoming, OverLimit over) {
        incoming.refusals().accept(over.limit());
        return new Rejection(ApiError.rateLimitExceeded(words(over), over.retryAfter()));
    }

    private static String words(OverLimit over) {
        String whose = switch (over.limit().scope()) {
            case KEY -> "This key";
            case CUSTOMER -> "This account";
        };
        return whose + " is at its limit of " + over.most() + " "
                + over.limit().measure().words()
                + over.inTheWay().map(LimitGate::words).orElse(".");
    }

    private static String words(OverLimit.InTheWay inTheWay) {
        String running = inTheWay.count() == 1
                ? ": one request is in flight, for "
                : ": " + inTheWay.count() + " requests are in flight, the oldest for ";
        return running + inTheWay.longest().toSeconds()
                + " s. Each counts until its answer is whole, even if you have closed its connection.";
    }
}
