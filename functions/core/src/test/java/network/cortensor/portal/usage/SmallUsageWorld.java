package network.cortensor.portal.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import network.cortensor.portal.exploration.Explorer;
import network.cortensor.portal.exploration.Explorer.Step;
import network.cortensor.portal.exploration.Oracle;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.Tokens;

/**
 * A world of usage so small that all of it can be seen: a few workers let requests of one key in by the real {@link Ledger}, and whatever may
 * happen does, in every order. The world begins a minute before midnight.
 *
 * <p>The invariants: no more requests than may be are at work at any time, or are served within a minute; and from any moment at which all is quiet, one look a day later
 * leaves nothing in flight, one event of each task that was served, none of them open, and sums that agree with the events.
 */
final class SmallUsageWorld implements Explorer.World<SmallUsageWorld.State> {
    private static final String CUSTOMER = "acme";
    private static final String KEY = "key";
    private static final Instant ZERO = Instant.parse("2026-01-30T23:59:00Z");
    private static final RequestedUse WANTED = new RequestedUse(10, 20);

    private final Size size;
    private final UsageRules rules;
    private final Customer keysCustomer;

    /**
     * How small the world is.
     *
     * @param steps of time, after one another, in seconds: one longer than a worker lives ends all of them
     * @param losses calls that do not come back as they should
     * @param crashes of workers
     */
    record Size(int workers, int requests, Limited limited, List<Integer> steps, int losses, int crashes) {
        private static final int LIFE = 300;

        private int at(int passed) {
            return steps.stream().limit(passed).mapToInt(Integer::intValue).sum();
        }
    }

    /** What the key's plan limits. */
    enum Limited {
        ONE_IN_FLIGHT,
        TWO_A_MINUTE;

        private Limits limits() {
            OptionalLong none = OptionalLong.empty();
            return switch (this) {
                case ONE_IN_FLIGHT -> new Limits(none, none, none, OptionalLong.of(1));
                case TWO_A_MINUTE -> new Limits(OptionalLong.of(2), none, none, none);
            };
        }
    }

    SmallUsageWorld(Size size, UsageRules rules) {
        this.size = size;
        this.rules = rules;
        this.keysCustomer = new Customer(
                KEY, CUSTOMER, new Plan("small", size.limited().limits(), Limits.NONE), new AllowedModels.All());
    }

    /** What the code of a worker asks its world. */
    private sealed interface Question {
        /** A call of the table. */
        sealed interface Call extends Question {}

        record Read() implements Call {}

        record Enter(Counters seen, Entry entry) implements Call {}

        record Leave(Counters seen, Exit exit) implements Call {}

        record Refuse(Counters seen) implements Call {}

        record Roll(Counters seen, Counters next) implements Call {}

        record Sum(Period.Sum sum) implements Call {}

        record Open(UsageEvent event) implements Call {}

        record Settle(UsageEvent event) implements Call {}

        record Close(RequestId request) implements Call {}

        /** The request has been let in and recorded: its task is sent, served, and over when the answer comes. */
        record Work(RequestId request) implements Question {}
    }

    /** A worker with a request, which it has let in or not, and what its code asks. */
    private record Busy(Begun begun, List<Oracle.Answer> answers, Question next) {
        boolean works() {
            return next instanceof Question.Work;
        }
    }

    private record Begun(int request, int at) {
        RequestId id() {
            return RequestId.draw(ZERO.plusSeconds(at), new SplittableRandom(request));
        }
    }

    /**
     * Everything at one moment.
     *
     * @param calls that the table has carried out: what it holds is what they made of it
     * @param passed steps of time
     */
    record State(
            List<Question.Call> calls,
            List<Optional<Busy>> workers,
            List<Question.Call> flying,
            Set<Integer> served,
            List<Begun> begun,
            int passed,
            int losses,
            int crashes) {

        private State with(int worker, Optional<Busy> busy) {
            List<Optional<Busy>> changed = new ArrayList<>(workers);
            changed.set(worker, busy);
            return new State(calls, changed, flying, served, begun, passed, losses, crashes);
        }

        private State called(Question.Call call) {
            return new State(plus(calls, call), workers, flying, served, begun, passed, losses, crashes);
        }

        private State lost() {
            return new State(calls, workers, flying, served, begun, passed, losses + 1, crashes);
        }

        private State crashed() {
            return new State(calls, workers, flying, served, begun, passed, losses, crashes + 1);
        }

        private State flying(List<Question.Call> changed) {
            return new State(calls, workers, changed, served, begun, passed, losses, crashes);
        }

        private State serving(int request) {
            Set<Integer> more = new TreeSet<>(served);
            more.add(request);
            return new State(calls, workers, flying, more, begun, passed, losses, crashes);
        }

        private State beginning(Begun one) {
            return new State(calls, workers, flying, served, plus(begun, one), passed, losses, crashes);
        }

        private State later() {
            return new State(calls, workers, flying, served, begun, passed + 1, losses, crashes);
        }
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return List.copyOf(more);
    }

    @Override
    public State beginning() {
        List<Optional<Busy>> idle = IntStream.range(0, size.workers())
                .<Optional<Busy>>mapToObj(each -> Optional.empty())
                .toList();
        return new State(List.of(), idle, List.of(), Set.of(), List.of(), 0, 0, 0);
    }

    @Override
    public List<Step<State>> steps(State state) {
        List<Step<State>> steps = new ArrayList<>();
        for (int worker = 0; worker < size.workers(); worker++) {
            Optional<Busy> busy = state.workers().get(worker);
            if (busy.isPresent()) {
                goOn(state, worker, busy.get(), steps);
            } else if (state.begun().size() < size.requests()) {
                Begun begun = new Begun(state.begun().size(), size.at(state.passed()));
                steps.add(new Step<>(
                        "worker " + worker + " begins " + begun,
                        state.beginning(begun).with(worker, next(begun, List.of()))));
            }
        }
        for (Question.Call call : state.flying()) {
            List<Question.Call> fewer = new ArrayList<>(state.flying());
            fewer.remove(call);
            steps.add(new Step<>("lands late: " + call, state.flying(fewer).called(call)));
        }
        pass(state, steps);
        return steps;
    }

    /** The platform ends every worker before it lives longer than it may, and no write is under way for longer. */
    private void pass(State state, List<Step<State>> steps) {
        if (state.passed() == size.steps().size()) {
            return;
        }
        int seconds = size.steps().get(state.passed());
        boolean longer = seconds > Size.LIFE;
        if (longer && !state.flying().isEmpty()) {
            return;
        }
        State then = state.later();
        for (int worker = 0; longer && worker < size.workers(); worker++) {
            then = then.with(worker, Optional.empty());
        }
        steps.add(new Step<>(seconds + " s pass", then));
    }

    private void goOn(State state, int worker, Busy busy, List<Step<State>> steps) {
        if (state.crashes() < size.crashes()) {
            steps.add(
                    new Step<>("worker " + worker + " crashes", state.crashed().with(worker, Optional.empty())));
        }
        switch (busy.next()) {
            case Question.Work ignored ->
                steps.add(new Step<>("worker " + worker + " has the answer", told(state, worker, busy, true)));
            case Question.Call call -> call(state, worker, busy, call, steps);
        }
    }

    private void call(State state, int worker, Busy busy, Question.Call call, List<Step<State>> steps) {
        String words = "worker " + worker + ": " + call;
        State once = state.called(call);
        steps.add(new Step<>(words, told(once, worker, busy, result(state, call))));
        if (state.losses() == size.losses()) {
            return;
        }
        UsageUnavailable lost = new UsageUnavailable("no answer");
        steps.add(new Step<>(words + " is lost", told(state.lost(), worker, busy, lost)));
        if (call instanceof Question.Read) {
            return;
        }
        steps.add(new Step<>(words + ", answer lost", told(once.lost(), worker, busy, lost)));
        steps.add(new Step<>(words + ", sent twice", told(once.called(call).lost(), worker, busy, result(once, call))));
        steps.add(new Step<>(
                words + ", will land late", told(state.lost().flying(plus(state.flying(), call)), worker, busy, lost)));
    }

    private State told(State state, int worker, Busy busy, Object result) {
        List<Oracle.Answer> more = plus(busy.answers(), new Oracle.Answer(result, size.at(state.passed())));
        Optional<Busy> next = next(busy.begun(), more);
        State then = state.with(worker, next);
        return next.filter(Busy::works).isPresent() ? then.serving(busy.begun().request()) : then;
    }

    /** What a worker asks next, by the real code; empty if it is done. */
    private Optional<Busy> next(Begun begun, List<Oracle.Answer> answers) {
        Oracle oracle = new Oracle(begun.at(), answers);
        try {
            serve(begun, oracle);
            return Optional.empty();
        } catch (Oracle.Asked asked) {
            return Optional.of(new Busy(begun, answers, (Question) asked.question()));
        }
    }

    /** What a worker does with a request. */
    private void serve(Begun begun, Oracle oracle) {
        Ledger ledger = new Ledger(
                rules.near(new Asking(oracle)), () -> ZERO.plusSeconds(oracle.seconds()), _ -> {}, rules.terms());
        try {
            AdmissionRequest request = ledger.look(keysCustomer);
            if (request.over().isPresent()
                    || !(request.admit(begun.id(), "an-alias", WANTED) instanceof Admission.Admitted admitted)) {
                request.countRefused();
                return;
            }
            admitted.reservation().open();
            oracle.ask(new Question.Work(begun.id()));
            Ending ending = new Ending(200, "ok", 1, Optional.empty(), Duration.ZERO);
            admitted.reservation().settle(ending, new Tokens(10, 5, Basis.COUNTED));
        } catch (UsageUnavailable e) {
            return;
        }
    }

    /** The table as the code calls it. */
    private record Asking(Oracle oracle) implements UsageTable {
        private <T> T answer(Class<T> type, Question.Call call) throws UsageUnavailable {
            Object answer = oracle.ask(call);
            if (answer instanceof UsageUnavailable lost) {
                throw lost;
            }
            return type.cast(answer);
        }

        @Override
        public Counters counters(String customer) throws UsageUnavailable {
            return answer(Counters.class, new Question.Read());
        }

        @Override
        public CountersWrite enter(Counters seen, Entry entry) throws UsageUnavailable {
            return answer(CountersWrite.class, new Question.Enter(seen, entry));
        }

        @Override
        public CountersWrite leave(Counters seen, Exit exit) throws UsageUnavailable {
            return answer(CountersWrite.class, new Question.Leave(seen, exit));
        }

        @Override
        public CountersWrite countRefused(Counters seen, String keyId) throws UsageUnavailable {
            return answer(CountersWrite.class, new Question.Refuse(seen));
        }

        @Override
        public CountersWrite roll(Counters seen, Counters next) throws UsageUnavailable {
            return answer(CountersWrite.class, new Question.Roll(seen, next));
        }

        @Override
        public void record(Period.Sum sum) throws UsageUnavailable {
            answer(Boolean.class, new Question.Sum(sum));
        }

        @Override
        public void open(UsageEvent event) throws UsageUnavailable {
            answer(Boolean.class, new Question.Open(event));
        }

        @Override
        public UsageEvent settle(UsageEvent event) throws UsageUnavailable {
            return answer(UsageEvent.class, new Question.Settle(event));
        }

        @Override
        @SuppressWarnings("unchecked")
        public Optional<UsageEvent> close(String keyId, RequestId request) throws UsageUnavailable {
            return answer(Optional.class, new Question.Close(request));
        }
    }

    private Object result(State state, Question.Call call) {
        return carryOut(rules.far(table(state)), call);
    }

    private MemoryUsageTable table(State state) {
        MemoryUsageTable table = new MemoryUsageTable();
        UsageTable far = rules.far(table);
        state.calls().forEach(call -> carryOut(far, call));
        return table;
    }

    private static Object carryOut(UsageTable table, Question.Call call) {
        try {
            return switch (call) {
                case Question.Read ignored -> table.counters(CUSTOMER);
                case Question.Enter enter -> table.enter(enter.seen(), enter.entry());
                case Question.Leave leave -> table.leave(leave.seen(), leave.exit());
                case Question.Refuse refuse -> table.countRefused(refuse.seen(), KEY);
                case Question.Roll roll -> table.roll(roll.seen(), roll.next());
                case Question.Sum sum -> {
                    table.record(sum.sum());
                    yield true;
                }
                case Question.Open open -> {
                    table.open(open.event());
                    yield true;
                }
                case Question.Settle settle -> table.settle(settle.event());
                case Question.Close close -> table.close(KEY, close.request());
            };
        } catch (UsageUnavailable e) {
            throw new IllegalStateException("the shared table always answers", e);
        }
    }

    @Override
    public void judge(State state) {
        switch (size.limited()) {
            case ONE_IN_FLIGHT ->
                assertThat(state.workers().stream().flatMap(Optional::stream).filter(Busy::works))
                        .as("at work")
                        .hasSizeLessThanOrEqualTo(1);
            case TWO_A_MINUTE -> {
                assertThat(size.at(state.passed())).as("seconds").isLessThan(60);
                assertThat(state.served()).as("served").hasSizeLessThanOrEqualTo(2);
            }
        }
        if (state.flying().isEmpty() && state.workers().stream().allMatch(Optional::isEmpty)) {
            judgeTheEnd(state);
        }
    }

    private void judgeTheEnd(State state) {
        MemoryUsageTable table = table(state);
        Instant later = ZERO.plusSeconds(size.at(state.passed())).plus(Duration.ofDays(1));
        Counters counters = closed(new Ledger(table, () -> later, _ -> {}, Ledger.Terms.PRODUCTION));
        assertThat(counters.use().inFlight()).as("in flight").isZero();
        Set<RequestId> recorded = new HashSet<>();
        table.events()
                .forEach(event ->
                        assertThat(recorded.add(event.request())).as("once").isTrue());
        assertThat(recorded)
                .as("tasks with an event")
                .containsAll(state.served().stream()
                        .map(request -> state.begun().get(request).id())
                        .toList());
        assertThat(table.events()).noneMatch(event -> event.state() instanceof UsageEvent.State.Open);
        Totals events = table.events().stream().map(UsageEvent::totals).reduce(Totals.ZERO, Totals::plus);
        Period today = new Period.Day(counters.moment().day());
        Totals days = table.sums().stream()
                .filter(sum ->
                        sum.period() instanceof Period.Day && !sum.period().equals(today))
                .map(Period.Sum::totals)
                .reduce(Totals.ZERO, Totals::plus);
        assertThat(days.plus(counters.key(KEY).today())).as("sums").isEqualTo(events);
    }

    private static Counters closed(Ledger ledger) {
        try {
            return ledger.current(CUSTOMER);
        } catch (UsageUnavailable e) {
            throw new IllegalStateException("the shared table always answers", e);
        }
    }

    /** Workers are interchangeable. */
    @Override
    public String key(State state) {
        MemoryUsageTable table = table(state);
        String workers =
                state.workers().stream().map(SmallUsageWorld::text).sorted().collect(Collectors.joining(";"));
        String sums = table.sums().stream().map(Period.Sum::toString).sorted().collect(Collectors.joining(","));
        String flying =
                state.flying().stream().map(Question.Call::toString).sorted().collect(Collectors.joining(","));
        return String.join(
                "|",
                table.counters(CUSTOMER).toString(),
                table.events().toString(),
                sums,
                workers,
                flying,
                state.served() + " " + state.begun() + " " + state.passed() + " " + state.losses() + " "
                        + state.crashes());
    }

    private static String text(Optional<Busy> busy) {
        return busy.map(one -> one.begun() + " " + one.next() + " "
                        + one.answers().stream()
                                .map(answer -> answer.at()
                                        + (answer.result() instanceof UsageUnavailable
                                                ? "lost"
                                                : answer.result().toString()))
                                .collect(Collectors.joining(",")))
                .orElse("-");
    }
}
