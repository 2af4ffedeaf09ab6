package network.cortensor.portal.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.Plan;

/**
 * What a key may still use at one instant.
 *
 * <p>Requests count when they are let in. How many tokens a request uses is known only when its answer ends, and requests that run at once must not exceed the
 * limit together. So a request <em>reserves</em> tokens when it is let in, its answer may not be longer than the reservation, and what it did not use comes back
 * at its end.
 *
 * <p>A request wants its prompt and the longest answer that it may get. It reserves
 *
 * <pre>{@code
 * least    = prompt + min(longest answer, limit / 60 + 1)
 * reserved = min(prompt + longest answer, max(least, left / 2))
 * }</pre>
 *
 * and is refused if less than {@code least} is left. Half of what is left stays for other requests. For example, with a limit of 60,000 tokens of which 10,000 are
 * left, a request of 500 prompt tokens and an answer of up to 32,768 reserves 5,000; with 1,500 left it is refused, because {@code least} is 1,501. Where both the
 * key and its customer have a limit, the smaller reservation counts.
 */
public final class Allowance {
    private static final int LEAST_SHARE = 60;

    private final Counters counters;
    private final Customer customer;
    private final Duration usual;
    private final Instant now;

    private Allowance(Counters counters, Customer customer, Duration usual, Instant now) {
        this.counters = counters;
        this.customer = customer;
        this.usual = usual;
        this.now = now;
    }

    /** @param usual how long most requests of the customer take */
    static Allowance of(Counters seen, Customer customer, Duration usual, Instant now) {
        return new Allowance(seen.at(now), customer, usual, now);
    }

    /** The plan's limits with what is used of each; those that are unlimited are left out. */
    public List<Quota> quotas() {
        return Limit.ALL.stream()
                .filter(Limit::isPlans)
                .flatMap(limit -> quota(limit).stream())
                .toList();
    }

    /** The quota of a measure that will be used up first. */
    public Optional<Quota> tightest(List<Limit.Measure> measures) {
        return quotas().stream()
                .filter(quota -> measures.contains(quota.limit().measure()))
                .min(Comparator.comparingLong(Quota::remaining));
    }

    /** How many tokens are left of the tightest limit; {@link SaturatingSums#MOST} if there is none. */
    public long tokensLeft() {
        return tightest(List.of(Limit.Measure.TOKENS_PER_WEEK))
                .map(Quota::remaining)
                .orElse(SaturatingSums.MOST);
    }

    /** The instant that all of this holds at. */
    public Instant at() {
        return now;
    }

    /** The day that {@link KeyCounters#today} is about, in UTC. */
    public LocalDate today() {
        return counters.moment().day();
    }

    /** What the key alone has used. */
    public KeyCounters key() {
        return counters.key(customer.keyId());
    }

    private Optional<Quota> quota(Limit limit) {
        OptionalLong most = limit.most(plan());
        return most.isEmpty()
                ? Optional.empty()
                : Optional.of(new Quota(limit, most.getAsLong(), used(limit), roomAt(limit, 0)));
    }

    /** The limit that leaves no room for any request, if there is one; of several, the one that does so for longest. */
    Optional<OverLimit> over() {
        return Limit.ALL.stream()
                .flatMap(limit -> over(limit, 1).stream())
                .max(Comparator.comparing(OverLimit::retryAfter));
    }

    /** Whether nothing but requests in flight leaves no room for any request. */
    boolean lacksOnlyPlaces() {
        List<OverLimit> over =
                Limit.ALL.stream().flatMap(limit -> over(limit, 1).stream()).toList();
        return !over.isEmpty()
                && over.stream().allMatch(each -> each.limit().measure() == Limit.Measure.REQUESTS_IN_FLIGHT);
    }

    /** Whether a request that is refused uses up something: a limit of requests per minute that has room yet, as the second has. */
    boolean countsRefusals() {
        List<Limit> limits = Limit.ALL.stream().filter(Allowance::isShort).toList();
        return limits.stream()
                        .anyMatch(limit -> limit.isPlans() && limit.most(plan()).isPresent())
                && limits.stream().noneMatch(limit -> over(limit, 1).isPresent());
    }

    private static boolean isShort(Limit limit) {
        return switch (limit.measure()) {
            case REQUESTS_PER_SECOND, REQUESTS_PER_MINUTE -> true;
            case REQUESTS_IN_FLIGHT, REQUESTS_PER_WEEK, TOKENS_PER_WEEK -> false;
        };
    }

    /** How many tokens a request may reserve, or the limit that leaves too few. */
    Reservation reserve(RequestedUse wanted) {
        long reserved = wanted.all();
        for (Limit.Scope scope : Limit.Scope.values()) {
            Limit limit = new Limit(scope, Limit.Measure.TOKENS_PER_WEEK);
            OptionalLong most = limit.most(plan());
            if (most.isPresent()) {
                long left = most.getAsLong() - used(limit);
                long least = wanted.prompt() + Math.min(wanted.answer(), most.getAsLong() / LEAST_SHARE + 1);
                if (left < least) {
                    return new Reservation.Refused(refusal(limit, most.getAsLong(), least));
                }
                reserved = Math.min(reserved, Math.max(least, left / 2));
            }
        }
        return new Reservation.Granted(reserved);
    }

    /** What became of the wish to reserve tokens. */
    sealed interface Reservation {
        record Granted(long tokens) implements Reservation {}

        record Refused(OverLimit over) implements Reservation {}
    }

    private Optional<OverLimit> over(Limit limit, long needed) {
        OptionalLong most = limit.most(plan());
        return most.isEmpty() || most.getAsLong() - used(limit) >= needed
                ? Optional.empty()
                : Optional.of(refusal(limit, most.getAsLong(), needed));
    }

    private OverLimit refusal(Limit limit, long most, long needed) {
        long missing = used(limit) + needed - most;
        InFlight inFlight = inFlight(limit.scope());
        return switch (limit.measure()) {
            case REQUESTS_IN_FLIGHT -> held(limit, most, inFlight.untilRoom(missing, request -> 1));
            case TOKENS_PER_WEEK ->
                inFlight.reserved() >= missing
                        ? held(limit, most, inFlight.untilRoom(missing, OpenRequest::reserved))
                        : lasting(limit, most, most - needed);
            case REQUESTS_PER_SECOND, REQUESTS_PER_MINUTE, REQUESTS_PER_WEEK -> lasting(limit, most, most - needed);
        };
    }

    /** Requests in flight hold what is missing. */
    private OverLimit held(Limit limit, long most, Duration untilRoom) {
        InFlight inFlight = inFlight(limit.scope());
        return new OverLimit(
                limit,
                most,
                untilRoom,
                Optional.of(new OverLimit.InTheWay(inFlight.open().size(), inFlight.longest())));
    }

    private OverLimit lasting(Limit limit, long most, long room) {
        return new OverLimit(limit, most, Duration.between(now, roomAt(limit, room)), Optional.empty());
    }

    private InFlight inFlight(Limit.Scope scope) {
        List<OpenRequest> open = switch (scope) {
            case KEY -> List.copyOf(key().open());
            case CUSTOMER ->
                counters.keys().stream()
                        .flatMap(place -> place.counters().open().stream())
                        .toList();
        };
        return new InFlight(open, usual, now);
    }

    private long used(Limit limit) {
        Use use = use(limit.scope());
        return switch (limit.measure()) {
            case REQUESTS_IN_FLIGHT -> use.inFlight();
            case REQUESTS_PER_SECOND -> use.minute().now();
            case REQUESTS_PER_MINUTE -> use.minute().total();
            case REQUESTS_PER_WEEK -> use.week().total();
            case TOKENS_PER_WEEK -> use.tokens().total();
        };
    }

    /** When no more than {@code most} will count. */
    private Instant roomAt(Limit limit, long most) {
        Use use = use(limit.scope());
        Moment moment = counters.moment();
        Instant at = switch (limit.measure()) {
            case REQUESTS_IN_FLIGHT -> now;
            case REQUESTS_PER_SECOND -> Window.MINUTE.begin(moment.minute() + 1);
            case REQUESTS_PER_MINUTE ->
                Window.MINUTE.begin(moment.minute() + use.minute().stepsUntil(most));
            case REQUESTS_PER_WEEK ->
                Window.WEEK.begin(moment.week() + use.week().stepsUntil(most));
            case TOKENS_PER_WEEK ->
                Window.WEEK.begin(moment.week() + use.tokens().stepsUntil(most));
        };
        return at.isBefore(now) ? now : at;
    }

    private Use use(Limit.Scope scope) {
        return switch (scope) {
            case KEY -> key().use();
            case CUSTOMER -> counters.use();
        };
    }

    private Plan plan() {
        return customer.plan();
    }
}
