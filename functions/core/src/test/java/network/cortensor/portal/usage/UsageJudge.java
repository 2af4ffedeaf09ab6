package network.cortensor.portal.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.testkit.schedule.Schedule;

/**
 * Sees the truth of a world, each request's admission and settlement as the table carried them out and each task that a router served, and
 * judges by it:
 *
 * <ol>
 *   <li>In no span of a window's length is a limit exceeded, and never are more requests at work than may be.
 *   <li>Nobody is refused unless, some time while they asked, the window and one sixtieth before it held so much that there was no room: of
 *       a minute, refused requests and admitted ones; for tokens, none for the prompt and a sixtieth of the limit beside what is used and reserved.
 *   <li>In the end every task that was served belongs to exactly one event, no event is open, and those that are closed by others are marked.
 *   <li>Sums over events are the sums that counters and periods hold.
 * </ol>
 */
final class UsageJudge {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private final Schedule schedule;
    private final Plan plan;
    private final Duration clocksApart;
    private final List<Fact> admissions = new ArrayList<>();
    private final List<Fact> refusedOnes = new ArrayList<>();
    private final List<Fact> tokens = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final Map<RequestId, Integer> served = new HashMap<>();
    private final Map<RequestId, String> atWork = new HashMap<>();
    private final Map<Limit.Measure, Integer> refusals = new EnumMap<>(Limit.Measure.class);
    private Counters last = Counters.none(UsageWorld.CUSTOMER);
    private Instant decidedAt = Instant.EPOCH;

    /** Something that counts, and when it was decided: a write may land later. */
    private record Fact(Instant at, String keyId, long amount) {}

    private record Snapshot(Instant at, Counters counters) {}

    /** @param clocksApart how far clocks may be apart, and windows therefore off */
    UsageJudge(Schedule schedule, Plan plan, Duration clocksApart) {
        this.schedule = schedule;
        this.plan = plan;
        this.clocksApart = clocksApart;
    }

    /** When the call was decided that the table carries out next. */
    void decided(Instant at) {
        decidedAt = at;
    }

    /** Told after every write of the counters. */
    void saw(Counters counters, SharedUsageTable table) {
        for (String keyId : UsageWorld.KEYS) {
            Set<OpenRequest> before = last.key(keyId).open();
            Set<OpenRequest> after = counters.key(keyId).open();
            after.stream()
                    .filter(open -> !before.contains(open))
                    .forEach(open -> admissions.add(new Fact(decidedAt, keyId, 1)));
            before.stream()
                    .filter(open -> !after.contains(open))
                    .flatMap(open -> table.rows.event(keyId, open.id()).stream())
                    .forEach(event ->
                            tokens.add(new Fact(decidedAt, keyId, event.totals().tokens())));
        }
        UsageWorld.KEYS.forEach(keyId -> sawRefusals(keyId, counters));
        snapshots.add(new Snapshot(schedule.instant(), counters));
        last = counters;
    }

    /** What is more in the minute than was let in was refused. */
    private void sawRefusals(String keyId, Counters counters) {
        KeyCounters before = last.key(keyId).moved(last.moment(), counters.moment());
        KeyCounters after = counters.key(keyId);
        long letIn = after.open().stream()
                .filter(open -> !before.open().contains(open))
                .count();
        long refused = after.minute().total() - before.minute().total() - letIn;
        if (refused > 0) {
            refusedOnes.add(new Fact(decidedAt, keyId, refused));
        }
    }

    /** The request works from now on. */
    void works(String keyId, RequestId request) {
        atWork.put(request, keyId);
        long ofKey = atWork.values().stream().filter(keyId::equals).count();
        assertThat(ofKey).as("in flight").isLessThanOrEqualTo(most(plan.key()));
        assertThat((long) atWork.size()).as("in flight").isLessThanOrEqualTo(most(plan.customer()));
    }

    private static long most(Limits limits) {
        return limits.requestsInFlight().orElse(Long.MAX_VALUE);
    }

    /** It does no more, or its worker is dead. */
    void rests(RequestId request) {
        atWork.remove(request);
    }

    /** A router serves a task of the request. */
    void served(RequestId request) {
        served.merge(request, 1, Integer::sum);
    }

    int tasks() {
        return served.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A worker refuses a request that it looked at since {@code since}. */
    void refused(Refused refused) {
        Limit.Measure measure = refused.over().limit().measure();
        boolean full = switch (measure) {
            case REQUESTS_PER_SECOND -> false;
            case REQUESTS_PER_MINUTE ->
                inWindow(admissions, MINUTE, refused) + inWindow(refusedOnes, MINUTE, refused)
                        >= refused.over().most();
            case REQUESTS_PER_WEEK ->
                inWindow(admissions, WEEK, refused) >= refused.over().most();
            case REQUESTS_IN_FLIGHT ->
                states(refused).anyMatch(use -> use.inFlight() >= refused.over().most());
            case TOKENS_PER_WEEK -> states(refused).anyMatch(use -> leavesTooLittle(use, refused));
        };
        assertThat(full).as("there was no room for %s", refused).isTrue();
        refusals.merge(measure, 1, Integer::sum);
    }

    /** A refusal by a worker who began to look at {@code since}. */
    record Refused(String keyId, OverLimit over, RequestedUse wanted, Instant since) {
        private boolean counts(Fact fact) {
            return over.limit().scope() == Limit.Scope.CUSTOMER || fact.keyId().equals(keyId);
        }

        private Use use(Counters counters) {
            return over.limit().scope() == Limit.Scope.CUSTOMER
                    ? counters.use()
                    : counters.key(keyId).use();
        }
    }

    /** What was decided in the window that ends now, and in one sixtieth before it. */
    private long inWindow(List<Fact> facts, Duration window, Refused refused) {
        Instant from =
                schedule.instant().minus(window).minus(window.dividedBy(60)).minus(clocksApart);
        return facts.stream()
                .filter(refused::counts)
                .filter(fact -> fact.at().isAfter(from))
                .mapToLong(Fact::amount)
                .sum();
    }

    /** What was in use at any time since the worker began to look. */
    private Stream<Use> states(Refused refused) {
        List<Counters> states = new ArrayList<>();
        for (Snapshot snapshot : snapshots.reversed()) {
            states.add(snapshot.counters());
            if (snapshot.at().isBefore(refused.since())) {
                break;
            }
        }
        return states.stream().map(refused::use);
    }

    /** Tokens in use are the settled ones, which are checked against the facts in the end, and the reserved ones. */
    private static boolean leavesTooLittle(Use use, Refused refused) {
        long most = refused.over().most();
        return use.tokens().total() + refused.wanted().prompt() + most / 60 + 1 > most;
    }

    /** How many were refused for a measure. */
    Map<Limit.Measure, Integer> refusals() {
        return refusals;
    }

    /** What holds once everything is quiet and somebody has looked. */
    void atTheEnd(SharedUsageTable table) {
        Duration minute = MINUTE.minus(clocksApart);
        Duration week = WEEK.minus(clocksApart);
        for (String keyId : UsageWorld.KEYS) {
            limitHolds(of(admissions, keyId), minute, plan.key().requestsPerMinute());
            limitHolds(of(admissions, keyId), week, plan.key().requestsPerWeek());
            limitHolds(of(tokens, keyId), week, plan.key().tokensPerWeek());
        }
        limitHolds(admissions, minute, plan.customer().requestsPerMinute());
        limitHolds(admissions, week, plan.customer().requestsPerWeek());
        limitHolds(tokens, week, plan.customer().tokensPerWeek());
        everyTaskHasItsEvent(table);
        sumsAgree(table);
    }

    private static List<Fact> of(List<Fact> facts, String keyId) {
        return facts.stream().filter(fact -> fact.keyId().equals(keyId)).toList();
    }

    private static void limitHolds(List<Fact> facts, Duration window, OptionalLong limit) {
        if (limit.isEmpty()) {
            return;
        }
        long sum = 0;
        int oldest = 0;
        List<Fact> ordered =
                facts.stream().sorted(Comparator.comparing(Fact::at)).toList();
        for (Fact fact : ordered) {
            sum += fact.amount();
            while (!ordered.get(oldest).at().isAfter(fact.at().minus(window))) {
                sum -= ordered.get(oldest++).amount();
            }
            assertThat(sum).as("in the %s before %s", window, fact.at()).isLessThanOrEqualTo(limit.getAsLong());
        }
    }

    private void everyTaskHasItsEvent(SharedUsageTable table) {
        assertThat(table.counters(UsageWorld.CUSTOMER).use().inFlight())
                .as("in flight")
                .isZero();
        Set<RequestId> recorded = new HashSet<>();
        for (UsageEvent event : table.rows.events()) {
            assertThat(recorded.add(event.request())).as("recorded once").isTrue();
        }
        assertThat(recorded).containsAll(served.keySet());
        assertThat(table.rows.events()).noneMatch(event -> event.state() instanceof UsageEvent.State.Open);
        assertThat(table.rows.events())
                .filteredOn(event -> event.state() instanceof UsageEvent.State.Settled)
                .allSatisfy(event -> assertThat(((UsageEvent.State.Settled) event.state())
                                .ending()
                                .attempts())
                        .isEqualTo(served.getOrDefault(event.request(), 0)));
        assertThat(table.rows.events())
                .filteredOn(event -> event.state() instanceof UsageEvent.State.Closed)
                .allMatch(event -> event.tokens().basis() == UsageEvent.Basis.ESTIMATED);
    }

    private static void sumsAgree(SharedUsageTable table) {
        Counters counters = table.counters(UsageWorld.CUSTOMER);
        for (String keyId : UsageWorld.KEYS) {
            Totals events = table.rows.events().stream()
                    .filter(event -> event.account().keyId().equals(keyId))
                    .map(UsageEvent::totals)
                    .reduce(Totals.ZERO, Totals::plus);
            Period today = new Period.Day(counters.moment().day());
            Totals days = table.rows.sums().stream()
                    .filter(sum -> sum.keyId().equals(keyId) && sum.period() instanceof Period.Day)
                    .filter(sum -> !sum.period().equals(today))
                    .map(Period.Sum::totals)
                    .reduce(Totals.ZERO, Totals::plus);
            assertThat(days.plus(counters.key(keyId).today()))
                    .as("sums of %s", keyId)
                    .isEqualTo(events);
        }
    }
}
