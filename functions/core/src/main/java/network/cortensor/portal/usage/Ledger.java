package network.cortensor.portal.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.time.Pause;

/**
 * Lets requests in as far as their plans' limits go, and accounts for each of them. Safe for use by many threads.
 *
 * <h2>The protocol</h2>
 *
 * Workers share no memory, may die at any instant, and may not learn whether a write was carried out. A customer's <em>counters</em> are one item,
 * for all of the customer's keys: what each used in the windows' sixtieths, the requests that are <em>open</em> by name with what they reserve, and
 * the sums of day and month. A request's <em>event</em> is an item of its own. These rules hold:
 *
 * <ol>
 *   <li>A request is in the counters' open set from its admission to its settlement, and that membership is what makes both count once: an
 *       admission is written on condition that the request is not in the set, a settlement on condition that it is. A condition that fails
 *       because an earlier try of the very same write had succeeded is a success.
 *   <li>An admission MUST be one conditional write. There are two kinds. While time stands in the sixtieth that the counters stand at, a request <em>enters</em>: the
 *       write adds the request to the current sixtieths, on condition that they are within {@linkplain Bounds bounds} that keep every limit, and that {@code
 *       rolls} is unchanged, because then the past is the one that the bounds were computed from. Any number of requests may enter at once. Until the next roll
 *       the counters hold the ids of requests that have left, so that a late write cannot let one of them in again. The first request in a new sixtieth, of a
 *       new key, or after several have left, <em>rolls</em>: it writes the whole item anew, with the past moved on and itself counted, on condition that {@code
 *       changes} is unchanged, so that no other write is forgotten. Time never goes back.
 *   <li>Tokens are reserved at admission and replaced by what was used at settlement, in the sixtieth that settlement finds. What is reserved
 *       belongs to no sixtieth, and so cannot expire.
 *   <li>The event MUST be written, open, before anything is sent to a router, and MUST be settled before the request leaves the counters, so that every open
 *       event is named by the counters until it is settled. An event that is not open never changes.
 *   <li>What counters are told about a request at settlement is what its event says, so that sums over events and the counters agree.
 *   <li>A worker that reads counters with a request in them that was received more than {@link Terms#abandonedAfter} ago <em>closes</em> that request. It
 *       closes the event if that is still open, with the prompt's tokens, because no more is known. Then the request leaves the counters with the tokens that its
 *       event says. Where there is no event, nothing was sent, and the request leaves with nothing.
 *   <li>The sums of a day or month that is over MUST be recorded before the counters roll on from it, and a smaller sum never overwrites
 *       a larger one. Until they have rolled on, the counters say what was used in it, and not the record.
 *   <li>A request that has a key and is refused counts for the limits of requests per minute, and for nothing else, so that a customer who sends what is refused soon meets
 *       a limit. It may count twice if the table's answer is lost, and not at all while too many others write.
 *   <li>If the table cannot be read or written at admission, the request is not let in. If it does not answer at settlement, each
 *       write is sent once more; if it does not answer again, the customer's answer stands, and the request is closed later.
 * </ol>
 *
 * So no limit is exceeded in any span of its window's length, every task that was sent for belongs to exactly one event, none stays open, and sums
 * over events are what counters and periods hold. {@code UsageSimulationTest} lives that through at random; {@code UsageExplorationTest} in every order of every
 * step, crash and lost call of small worlds.
 *
 * <h2>What it costs</h2>
 *
 * One consistent read and one write to be let in, two writes for the event, one to leave: as many units, as long as the counters are within a
 * kilobyte. A write that meets another's roll costs one more. A refusal costs two reads and one write at most; as long as only time can help, the first costs one
 * read and the others of that second nothing.
 */
public final class Ledger {
    /** Each try that fails has seen another writer succeed. So many in a row happen only where the table is overwhelmed. */
    private static final int MOST_TRIES = 20;

    /** A refusal whose count meets so many rolls is not worth more writes. */
    private static final int TRIES_OF_REFUSALS = 3;

    /** A look closes no more than these; the rest is left to the next one. */
    private static final int MOST_CLOSED = 25;

    private final UsageTable table;
    private final InstantSource clock;
    private final Pause pause;
    private final Terms terms;
    private final RequestTimes times = new RequestTimes();
    private final FullBooks full = new FullBooks();

    public Ledger(UsageTable table, InstantSource clock, Pause pause, Terms terms) {
        this.table = table;
        this.clock = clock;
        this.pause = pause;
        this.terms = terms;
    }

    /**
     * The protocol's times; {@link #PRODUCTION} everywhere but in tests.
     *
     * @param abandonedAfter when a request that nobody settled is surely over: the platform ends workers after 300 s, and clocks may differ
     * @param patience how long a request waits for others of its key to be settled before it is refused for being one too many at once: a
     *     customer has an answer a moment before it is settled, and may ask again at once; settling takes three trips to the table
     */
    public record Terms(Duration abandonedAfter, Duration patience) {
        public static final Terms PRODUCTION = new Terms(Duration.ofMinutes(6), Duration.ofMillis(500));
    }

    /** A request that wants to be let in. */
    record Arrival(Customer customer, RequestId request, String alias, RequestedUse wanted) {}

    /** A request that goes, and what is added to sums for it. */
    record Departure(String keyId, OpenRequest request, Totals used) {}

    UsageTable table() {
        return table;
    }

    Instant now() {
        return clock.instant();
    }

    /** What a key may still use and has used, now that nothing abandoned counts any more. */
    public AdmissionRequest look(Customer customer) throws UsageUnavailable {
        return new AdmissionRequest(this, customer, current(customer.customer()));
    }

    /** Reads the counters for a {@link #lookPatiently} of a customer's request, before anything is known of it but who most likely sends it. */
    public CountersAhead readAhead(String customer) throws UsageUnavailable {
        Instant before = now();
        return new CountersAhead(table.counters(customer), before);
    }

    /** Whether a customer has just been refused, so that more is not worth reading ahead of a look than the counters. */
    public boolean refusedJustNow(String customer) {
        return full.refusedJustNow(customer, now());
    }

    /**
     * A {@link #look} for a request that wants to be let in. If nothing but a place in flight is lacking, it looks a second time a moment later, because a place may be
     * given back just then. If this worker knows already that only time can help, it does not look at all. So a refusal costs two reads at most.
     */
    public AdmissionRequest lookPatiently(Customer customer) throws UsageUnavailable, InterruptedException {
        return lookPatiently(customer, () -> readAhead(customer.customer()));
    }

    /** What reads the counters for the first look, or has read them. */
    @FunctionalInterface
    public interface FirstRead {
        CountersAhead counters() throws UsageUnavailable;
    }

    /** The same with counters that are read already. Those of another customer are left aside. */
    public AdmissionRequest lookPatiently(Customer customer, FirstRead first)
            throws UsageUnavailable, InterruptedException {
        Optional<AdmissionRequest> known = full.of(customer.customer(), now())
                .map(counters -> new AdmissionRequest(this, customer, counters))
                .filter(Ledger::lastsToBeRefused);
        if (known.isPresent()) {
            return known.get();
        }
        AdmissionRequest admissionRequest = seen(customer, first.counters());
        if (admissionRequest.lacksOnlyPlaces()) {
            pause.pause(terms.patience());
            admissionRequest = seen(customer, readAhead(customer.customer()));
        }
        if (admissionRequest.over().isPresent()) {
            full.refused(customer.customer(), now());
        }
        return admissionRequest;
    }

    private AdmissionRequest seen(Customer customer, CountersAhead read) throws UsageUnavailable {
        if (!read.counters().customer().equals(customer.customer())) {
            return seen(customer, readAhead(customer.customer()));
        }
        Counters counters = withoutAbandoned(read.counters());
        AdmissionRequest admissionRequest = new AdmissionRequest(this, customer, counters);
        if (lastsToBeRefused(admissionRequest)) {
            full.keep(counters, read.readAt());
        }
        return admissionRequest;
    }

    private static boolean lastsToBeRefused(AdmissionRequest admissionRequest) {
        return admissionRequest.over().filter(OverLimit::lasts).isPresent();
    }

    Allowance allowance(Counters counters, Customer customer, Instant now) {
        return Allowance.of(counters, customer, times.of(customer.customer()), now);
    }

    /** A request took so long until it was settled. */
    void took(String customer, Duration total) {
        times.saw(customer, total);
    }

    void countRefused(Counters first, Customer customer) throws UsageUnavailable {
        Counters seen = first;
        for (int tries = 0; tries < TRIES_OF_REFUSALS; tries++) {
            Instant now = now();
            if (!allowance(seen, customer, now).countsRefusals()) {
                return;
            }
            switch (refused(seen, customer.keyId(), now)) {
                case CountersWrite.Done ignored -> {
                    return;
                }
                case CountersWrite.Refused refused -> seen = refused.now();
            }
        }
    }

    private CountersWrite refused(Counters seen, String keyId, Instant now) throws UsageUnavailable {
        return seen.standsAt(keyId, now)
                ? table.countRefused(seen, keyId)
                : roll(seen, seen.at(now).refused(keyId), now);
    }

    /** A customer's counters, with what was abandoned closed. */
    public Counters current(String customer) throws UsageUnavailable {
        return withoutAbandoned(table.counters(customer));
    }

    private Counters withoutAbandoned(Counters seen) throws UsageUnavailable {
        Counters counters = seen;
        int closed = 0;
        for (Map.Entry<String, List<OpenRequest>> key :
                counters.openSince(now().minus(terms.abandonedAfter())).entrySet()) {
            for (OpenRequest abandoned : key.getValue()) {
                if (closed++ < MOST_CLOSED) {
                    counters = close(counters, key.getKey(), abandoned);
                }
            }
        }
        return counters;
    }

    private Counters close(Counters seen, String keyId, OpenRequest abandoned) throws UsageUnavailable {
        Optional<UsageEvent> event = table.close(keyId, abandoned.id());
        return leave(
                seen,
                new Departure(keyId, abandoned, event.map(UsageEvent::totals).orElse(Totals.ZERO)));
    }

    Admission admit(Counters first, Arrival arrival) throws UsageUnavailable {
        Counters seen = first;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Instant now = now();
            Allowance allowance = allowance(seen, arrival.customer(), now);
            Optional<OverLimit> over = allowance.over();
            if (over.isPresent()) {
                return new Admission.Refused(over.get(), allowance);
            }
            switch (allowance.reserve(arrival.wanted())) {
                case Allowance.Reservation.Refused refused -> {
                    return new Admission.Refused(refused.over(), allowance);
                }
                case Allowance.Reservation.Granted granted -> {
                    OpenRequest open = new OpenRequest(arrival.request(), granted.tokens());
                    switch (enter(seen, arrival.customer(), open, now)) {
                        case CountersWrite.Done done -> {
                            return admitted(arrival, entered(arrival, done.after(), open, now));
                        }
                        case CountersWrite.Refused refused -> seen = refused.now();
                    }
                    if (isOpen(seen, arrival.customer().keyId(), open)) {
                        return admitted(arrival, entered(arrival, seen, open, now));
                    }
                }
            }
        }
        throw new UsageUnavailable("too many write the counters of one customer at once");
    }

    private Reservation.Entered entered(Arrival arrival, Counters counters, OpenRequest open, Instant now) {
        return new Reservation.Entered(open, counters, allowance(counters, arrival.customer(), now));
    }

    private Admission admitted(Arrival arrival, Reservation.Entered entered) {
        UsageEvent.Account account = new UsageEvent.Account(
                arrival.customer().keyId(), arrival.customer().customer(), arrival.alias());
        return new Admission.Admitted(new Reservation(this, account, arrival.wanted(), entered));
    }

    private CountersWrite enter(Counters seen, Customer customer, OpenRequest open, Instant now)
            throws UsageUnavailable {
        String keyId = customer.keyId();
        try {
            return seen.holdsFor(keyId, now)
                    ? table.enter(seen, Entry.of(seen, customer, open))
                    : roll(seen, seen.at(now).entered(keyId, open), now);
        } catch (UsageUnavailable e) {
            giveUp(seen, keyId, open);
            throw e;
        }
    }

    /** Nobody knows whether it got in. If it did and does not get out here, it is closed when it counts as abandoned. */
    private void giveUp(Counters seen, String keyId, OpenRequest open) {
        try {
            Counters current = seen.place(keyId).isPresent() ? seen : table.counters(seen.customer());
            leave(current, new Departure(keyId, open, Totals.ZERO));
        } catch (UsageUnavailable e) {
            return;
        }
    }

    private CountersWrite roll(Counters seen, Counters next, Instant now) throws UsageUnavailable {
        for (Period.Sum sum : seen.over(now)) {
            table.record(sum);
        }
        return table.roll(seen, next);
    }

    /** Returns the counters as they stand without the request. */
    Counters leave(Counters first, Departure departure) throws UsageUnavailable {
        Counters seen = first;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (seen.place(departure.keyId()).isEmpty()) {
                return seen;
            }
            switch (out(seen, departure)) {
                case CountersWrite.Done done -> {
                    return done.after();
                }
                case CountersWrite.Refused refused -> seen = refused.now();
            }
            if (!isOpen(seen, departure.keyId(), departure.request())) {
                return seen;
            }
        }
        throw new UsageUnavailable("too many write the counters of one customer at once");
    }

    private CountersWrite out(Counters seen, Departure departure) throws UsageUnavailable {
        Instant now = now();
        Moment moment = Moment.of(now).orLater(seen.moment());
        if (moment.sameWeekAndDay(seen.moment())) {
            return table.leave(seen, new Exit(departure.keyId(), departure.request(), departure.used(), moment));
        }
        if (!isOpen(seen, departure.keyId(), departure.request())) {
            return new CountersWrite.Refused(table.counters(seen.customer()));
        }
        Counters next = seen.at(now).left(departure.keyId(), departure.request(), departure.used());
        return roll(seen, next, now);
    }

    private static boolean isOpen(Counters counters, String keyId, OpenRequest request) {
        return counters.key(keyId).open().contains(request);
    }
}
