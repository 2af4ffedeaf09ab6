package network.cortensor.portal.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import network.cortensor.portal.exploration.Explorer;
import network.cortensor.portal.exploration.Explorer.Step;
import network.cortensor.portal.exploration.Oracle;
import network.cortensor.portal.model.Session;

/**
 * A world of slots so small that all of it can be seen: a few workers run the real {@link Slots} for a few requests, and whatever may happen does, in every
 * order. Time goes in steps of 30 s, an attempt lasts one of them, and a router may work on for 32 s more.
 *
 * <p>The invariant, judged whenever something is sent: a session works on no more tasks at once than the largest capacity that anybody had in mind, when the sender
 * began, who had yet to send, or had reason to count with.
 */
final class SmallSlotWorld implements Explorer.World<SmallSlotWorld.State> {
    private static final String ROUTER = "router.example:443";
    private static final Instant ZERO = Instant.ofEpochSecond(1_000_000);
    private static final int STEP = 30;
    private static final int ATTEMPT = 30;
    private static final int LATENESS = 32;

    private final Size size;
    private final Rules rules;
    private final Conditions conditions;

    /**
     * How small the world is.
     *
     * @param sessions that there are: two of capacity 1, or one whose capacity an operator lowers
     * @param steps of time
     * @param losses calls that do not come back as they should
     * @param crashes of workers
     */
    record Size(int workers, Sessions sessions, int requests, int steps, int losses, int crashes) {}

    /** What there is to be taken. */
    enum Sessions {
        TWO(1, 1),
        /** Two targets on one session. */
        ONE_BY_TWO_NAMES(1, 1),
        ONE_FROM_TWO_TO_ONE(2, 1),
        ONE_FROM_THREE_TO_TWO(3, 2);

        private final int before;
        private final int after;

        Sessions(int before, int after) {
            this.before = before;
            this.after = after;
        }
    }

    SmallSlotWorld(Size size, Rules rules, Conditions conditions) {
        this.size = size;
        this.rules = rules;
        this.conditions = conditions;
    }

    /** A row and when it was written. */
    private record Row(Lease lease, int at) {}

    /** What a router works on. */
    private record Active(Session session, String owner, int until) {}

    /** A write that will land some time, though nobody waits for it any more. */
    private record Flying(Question write) {}

    /** What the code of a worker asks its world. */
    private sealed interface Question {
        record Rows() implements Question {}

        record Put(Lease lease, Instant expiredBefore) implements Question {}

        record Delete(Lease lease) implements Question {}

        record Send(TargetPlace place, Take.Taken taken) implements Question {}

        record Await(Lease lease) implements Question {}
    }

    /**
     * A worker with a request.
     *
     * @param next what its code asks; empty when it is done
     */
    private record Busy(Begun begun, List<Oracle.Answer> answers, Optional<Question> next) {
        /** Whether it has a slot: then nothing that it saw before matters any more. */
        boolean hasTaken() {
            return next.filter(question -> question instanceof Question.Send || question instanceof Question.Await)
                            .isPresent()
                    || answers.stream().anyMatch(answer -> answer.result() instanceof Boolean);
        }
    }

    /**
     * How a request began.
     *
     * @param ahead seconds by which its worker's clock is
     * @param most the largest capacity that anybody had in mind then who had yet to send
     * @param pick which of several free slots it draws; the first request draws the last, and an operator lowers the capacity before the next begins
     */
    private record Begun(int request, int ahead, int first, int capacity, int most, int pick, int at) {}

    private Busy told(Busy busy, Object result, int now) {
        List<Oracle.Answer> more = new ArrayList<>(busy.answers());
        more.add(new Oracle.Answer(result, now + busy.begun().ahead()));
        return busy(busy.begun(), List.copyOf(more));
    }

    private Busy busy(Begun begun, List<Oracle.Answer> answers) {
        return new Busy(begun, answers, question(begun, answers));
    }

    /** Everything at one moment. */
    record State(
            int now,
            Map<String, Row> rows,
            List<Optional<Busy>> workers,
            List<Flying> flying,
            List<Active> tasks,
            int begun,
            int losses,
            int crashes,
            boolean lowered,
            String wrong) {

        private State with(Map<String, Row> changed) {
            return new State(now, changed, workers, flying, tasks, begun, losses, crashes, lowered, wrong);
        }

        private State with(int worker, Optional<Busy> busy) {
            List<Optional<Busy>> changed = new ArrayList<>(workers);
            changed.set(worker, busy);
            return new State(now, rows, changed, flying, tasks, begun, losses, crashes, lowered, wrong);
        }

        private State withTasks(List<Active> changed, String judged) {
            return new State(now, rows, workers, flying, changed, begun, losses, crashes, lowered, judged);
        }

        private State withFlying(List<Flying> changed) {
            return new State(now, rows, workers, changed, tasks, begun, losses, crashes, lowered, wrong);
        }

        private State lost() {
            return new State(now, rows, workers, flying, tasks, begun, losses + 1, crashes, lowered, wrong);
        }

        private State crashed(int worker) {
            State without = with(worker, Optional.empty());
            return new State(now, rows, without.workers, flying, tasks, begun, losses, crashes + 1, lowered, wrong);
        }

        private State oneMoreBegun() {
            return new State(now, rows, workers, flying, tasks, begun + 1, losses, crashes, lowered, wrong);
        }

        private State later() {
            return new State(now + STEP, rows, workers, flying, tasks, begun, losses, crashes, lowered, wrong);
        }

        private State capacityLowered() {
            return new State(now, rows, workers, flying, tasks, begun, losses, crashes, true, wrong);
        }
    }

    @Override
    public State beginning() {
        List<Optional<Busy>> idle = IntStream.range(0, size.workers())
                .<Optional<Busy>>mapToObj(each -> Optional.empty())
                .toList();
        return new State(0, Map.of(), idle, List.of(), List.of(), 0, 0, 0, false, "");
    }

    @Override
    public void judge(State state) {
        assertThat(state.wrong()).isEmpty();
    }

    @Override
    public List<Step<State>> steps(State state) {
        List<Step<State>> steps = new ArrayList<>();
        for (int worker = 0; worker < size.workers(); worker++) {
            if (state.workers().get(worker).isEmpty()) {
                begin(state, worker, steps);
            } else {
                goOn(state, worker, state.workers().get(worker).get(), steps);
            }
        }
        state.tasks().forEach(task -> steps.add(new Step<>("the router ends " + task.owner(), ended(state, task))));
        state.flying().forEach(write -> steps.add(new Step<>("lands late: " + write, landed(state, write))));
        pass(state, steps);
        return steps;
    }

    private void begin(State state, int worker, List<Step<State>> steps) {
        boolean editDue = size.sessions().before > size.sessions().after && state.begun() == 1 && !state.lowered();
        if (state.begun() == size.requests() || editDue) {
            return;
        }
        int capacity = state.lowered() ? size.sessions().after : size.sessions().before;
        int places = places(capacity).size();
        int apart = Math.toIntExact(conditions.clocksApart().toSeconds());
        int ahead = worker % 2 * apart;
        for (int first = 0; first < places; first++) {
            for (int pick = state.begun() == 0 ? capacity - 1 : 0; pick < capacity; pick++) {
                Begun begun = new Begun(
                        freeName(state), ahead, first, capacity, inMind(state, capacity), pick, state.now() + ahead);
                steps.add(new Step<>(
                        "worker " + worker + " begins " + begun,
                        state.with(worker, Optional.of(busy(begun, List.of()))).oneMoreBegun()));
            }
        }
    }

    private static int inMind(State state, int own) {
        return state.workers().stream()
                .flatMap(Optional::stream)
                .filter(busy ->
                        busy.next().filter(Question.Await.class::isInstance).isEmpty())
                .mapToInt(busy -> busy.begun().most())
                .reduce(own, Math::max);
    }

    /** The lowest number that nothing in the world reminds of: requests that have left no trace are interchangeable. */
    private static int freeName(State state) {
        Set<Integer> used = new HashSet<>();
        state.workers().stream()
                .flatMap(Optional::stream)
                .forEach(busy -> used.add(busy.begun().request()));
        state.rows().values().forEach(row -> used.add(name(row.lease().owner())));
        state.tasks().forEach(task -> used.add(name(task.owner())));
        state.flying()
                .forEach(write -> used.add(
                        switch (write.write()) {
                            case Question.Put put -> name(put.lease().owner());
                            case Question.Delete delete -> name(delete.lease().owner());
                            case Question.Rows ignored -> -1;
                            case Question.Send ignored -> -1;
                            case Question.Await ignored -> -1;
                        }));
        return IntStream.iterate(0, name -> name + 1)
                .filter(name -> !used.contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static int name(String owner) {
        return Integer.parseInt(owner.substring(0, 2), 16);
    }

    private List<TargetPlace> places(int capacity) {
        Duration attempt = Duration.ofSeconds(ATTEMPT);
        Session s0 = new Session(ROUTER, "s0");
        return switch (size.sessions()) {
            case TWO ->
                List.of(
                        new TargetPlace("t0", s0, 1, attempt),
                        new TargetPlace("t1", new Session(ROUTER, "s1"), 1, attempt));
            case ONE_BY_TWO_NAMES ->
                List.of(new TargetPlace("t0", s0, 1, attempt), new TargetPlace("t1", s0, 1, attempt));
            case ONE_FROM_TWO_TO_ONE, ONE_FROM_THREE_TO_TWO -> List.of(new TargetPlace("t0", s0, capacity, attempt));
        };
    }

    private void goOn(State state, int worker, Busy busy, List<Step<State>> steps) {
        if (state.crashes() < size.crashes() && crashMatters(busy)) {
            steps.add(new Step<>("worker " + worker + " crashes", state.crashed(worker)));
        }
        switch (busy.next().orElseThrow()) {
            case Question.Send send -> send(state, worker, busy, send, steps);
            case Question.Await await -> await(state, worker, busy, await, steps);
            case Question.Rows rows -> call(state, worker, busy, rows, steps);
            case Question.Put put -> call(state, worker, busy, put, steps);
            case Question.Delete delete -> call(state, worker, busy, delete, steps);
        }
    }

    /**
     * A crash before the first write leaves the same world as a request that never began, from which all the same can happen and more; a crash of one that waits
     * for its answer the same as giving up, which costs no crash. So neither is a step of its own.
     */
    private boolean crashMatters(Busy busy) {
        return switch (busy.next().orElseThrow()) {
            case Question.Send _, Question.Delete _ -> true;
            case Question.Rows _, Question.Put _ -> false;
            case Question.Await _ -> rules.mayRelease(RouterTask.Fate.ABANDONED);
        };
    }

    private void call(State state, int worker, Busy busy, Question call, List<Step<State>> steps) {
        String words = "worker " + worker + ": " + call;
        Carried once = carriedOut(state, call);
        steps.add(new Step<>(words, told(once.state(), worker, busy, once.result())));
        if (state.losses() == size.losses()) {
            return;
        }
        SlotsUnavailable lost = new SlotsUnavailable(new IllegalStateException("no answer"));
        State less = state.lost();
        steps.add(new Step<>(words + " is lost", told(less, worker, busy, lost)));
        if (call instanceof Question.Rows) {
            return;
        }
        steps.add(new Step<>(words + ", answer lost", told(once.state().lost(), worker, busy, lost)));
        Carried twice = carriedOut(once.state(), call);
        steps.add(new Step<>(words + ", sent twice", told(twice.state().lost(), worker, busy, twice.result())));
        List<Flying> more = new ArrayList<>(state.flying());
        more.add(new Flying(call));
        steps.add(new Step<>(words + ", will land late", told(less.withFlying(more), worker, busy, lost)));
    }

    private State told(State state, int worker, Busy busy, Object result) {
        return state.with(
                worker,
                Optional.of(told(busy, result, state.now()))
                        .filter(next -> next.next().isPresent()));
    }

    private void send(State state, int worker, Busy busy, Question.Send send, List<Step<State>> steps) {
        String words = "worker " + worker + " sends " + send.taken().lease().owner();
        if (!rules.maySend(at(state.now() + busy.begun().ahead()), send.taken().sendBefore())) {
            steps.add(new Step<>(words + ": too late", told(state, worker, busy, false)));
            return;
        }
        Session session = send.place().session();
        List<Active> more = new ArrayList<>(state.tasks());
        more.add(new Active(session, send.taken().lease().owner(), state.now() + ATTEMPT + LATENESS));
        long atOnce =
                more.stream().filter(task -> task.session().equals(session)).count();
        int most = busy.begun().most();
        String judged = atOnce > most ? session.id() + " works on " + atOnce + " tasks at once, of " + most : "";
        steps.add(new Step<>(words, told(state.withTasks(more, judged), worker, busy, true)));
    }

    private void await(State state, int worker, Busy busy, Question.Await await, List<Step<State>> steps) {
        boolean over = state.tasks().stream()
                .noneMatch(task -> task.owner().equals(await.lease().owner()));
        if (over) {
            steps.add(new Step<>(
                    "worker " + worker + " has the answer", told(state, worker, busy, RouterTask.Fate.ANSWERED)));
        }
        steps.add(new Step<>(
                "worker " + worker + " waits no longer", told(state, worker, busy, RouterTask.Fate.ABANDONED)));
        rules.upkeep()
                .ifPresent(upkeep ->
                        steps.add(new Step<>("worker " + worker + " keeps its lease", change(state, table -> {
                            try {
                                upkeep.keep(
                                        table,
                                        await.lease(),
                                        at(state.now() + busy.begun().ahead()));
                            } catch (SlotsUnavailable e) {
                                throw new IllegalStateException(e);
                            }
                        }))));
    }

    private static State ended(State state, Active task) {
        List<Active> fewer = new ArrayList<>(state.tasks());
        fewer.remove(task);
        return state.withTasks(fewer, state.wrong());
    }

    private State landed(State state, Flying write) {
        List<Flying> fewer = new ArrayList<>(state.flying());
        fewer.remove(write);
        return carriedOut(state.withFlying(fewer), write.write()).state();
    }

    /** Time, and what comes with it: an operator's edit, and rows that the table deletes. */
    private void pass(State state, List<Step<State>> steps) {
        int next = state.now() + STEP;
        if (next <= size.steps() * STEP && state.tasks().stream().allMatch(task -> next <= task.until())) {
            steps.add(new Step<>("30 s pass", state.later()));
        }
        if (!state.lowered() && size.sessions().before > size.sessions().after) {
            steps.add(new Step<>("the capacity is lowered", state.capacityLowered()));
        }
        if (conditions.ttl() == Conditions.Ttl.DELETES) {
            Instant latest = at(state.now()).plus(conditions.clocksApart());
            state.rows().forEach((key, row) -> {
                if (row.lease().expiresAt().isBefore(latest)) {
                    Map<String, Row> fewer = new TreeMap<>(state.rows());
                    fewer.remove(key);
                    steps.add(new Step<>("the table deletes " + key, state.with(fewer)));
                }
            });
        }
    }

    private record Carried(State state, Object result) {}

    private Carried carriedOut(State state, Question call) {
        Table table = new Table(state);
        SlotTable far = rules.far(table, table);
        try {
            Object result = switch (call) {
                case Question.Rows ignored -> far.rows(ROUTER);
                case Question.Put put -> far.put(put.lease(), put.expiredBefore());
                case Question.Delete delete -> {
                    far.delete(delete.lease());
                    yield true;
                }
                case Question.Send ignored -> throw new IllegalArgumentException("no call of the table");
                case Question.Await ignored -> throw new IllegalArgumentException("no call of the table");
            };
            return new Carried(state.with(table.rows), result);
        } catch (SlotsUnavailable e) {
            throw new IllegalStateException("the shared table always answers", e);
        }
    }

    private static State change(State state, Consumer<SlotTable> change) {
        Table table = new Table(state);
        change.accept(table);
        return state.with(table.rows);
    }

    private static Instant at(int seconds) {
        return ZERO.plusSeconds(seconds);
    }

    /** The table of one moment, for one call. */
    private static final class Table implements SlotTable, WorkerView {
        private final State state;
        private final Map<String, Row> rows;

        Table(State state) {
            this.state = state;
            this.rows = new TreeMap<>(state.rows());
        }

        private static String key(Lease lease) {
            return lease.session().id() + "#" + lease.number();
        }

        @Override
        public List<Lease> rows(String router) {
            return rows.values().stream().map(Row::lease).toList();
        }

        @Override
        public Optional<Lease> put(Lease lease, Instant expiredBefore) {
            Optional<Lease> present = Optional.ofNullable(rows.get(key(lease))).map(Row::lease);
            if (present.filter(row -> !row.expiresAt().isBefore(expiredBefore)).isPresent()) {
                return present;
            }
            rows.put(key(lease), new Row(lease, state.now()));
            return Optional.empty();
        }

        @Override
        public void delete(Lease lease) {
            rows.computeIfPresent(key(lease), (key, row) -> row.lease().owner().equals(lease.owner()) ? null : row);
        }

        /** A replica is behind by what was written in this step of time. */
        @Override
        public Instant instant() {
            return at(state.now());
        }

        @Override
        public Instant writtenAt(String owner) {
            return rows.values().stream()
                    .filter(row -> row.lease().owner().equals(owner))
                    .map(row -> at(row.at()))
                    .findFirst()
                    .orElse(Instant.EPOCH);
        }

        @Override
        public int capacity(Session session) {
            return state.workers().stream()
                    .flatMap(Optional::stream)
                    .mapToInt(other -> other.begun().capacity())
                    .min()
                    .orElse(1);
        }
    }

    /** What a worker asks next, by the real code; empty if it is done. */
    private Optional<Question> question(Begun begun, List<Oracle.Answer> answers) {
        Oracle oracle = new Oracle(begun.at(), answers);
        SlotTable table = rules.near(new Asking(oracle));
        Slots slots = new Slots(table, () -> at(oracle.seconds()), new Owners(begun), rules.terms());
        try {
            serve(slots, oracle, begun);
            return Optional.empty();
        } catch (Oracle.Asked asked) {
            return Optional.of((Question) asked.question());
        }
    }

    /** What dispatch does with a slot. */
    private void serve(Slots slots, Oracle oracle, Begun begun) {
        Slots.Pass pass = slots.pass();
        List<TargetPlace> places = places(begun.capacity());
        for (int each = 0; each < places.size(); each++) {
            TargetPlace place = places.get((begun.first() + each) % places.size());
            if (pass.take(rules.slotsOf(place), place.capacity(), place.attempt()) instanceof Take.Taken taken) {
                boolean sent = (Boolean) oracle.ask(new Question.Send(place, taken));
                if (!sent || rules.mayRelease((RouterTask.Fate) oracle.ask(new Question.Await(taken.lease())))) {
                    taken.release();
                }
                return;
            }
        }
    }

    /** The table as the code calls it. */
    private record Asking(Oracle oracle) implements SlotTable {
        @Override
        @SuppressWarnings("unchecked")
        public List<Lease> rows(String router) throws SlotsUnavailable {
            return (List<Lease>) answer(new Question.Rows());
        }

        @Override
        @SuppressWarnings("unchecked")
        public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
            return (Optional<Lease>) answer(new Question.Put(lease, expiredBefore));
        }

        @Override
        public void delete(Lease lease) throws SlotsUnavailable {
            answer(new Question.Delete(lease));
        }

        private Object answer(Question question) throws SlotsUnavailable {
            Object answer = oracle.ask(question);
            if (answer instanceof SlotsUnavailable lost) {
                throw lost;
            }
            return answer;
        }
    }

    /** Owners that tell requests and their takes apart, and a draw that the world has decided. */
    private static final class Owners implements RandomGenerator {
        private final Begun begun;
        private int drawn;

        Owners(Begun begun) {
            this.begun = begun;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            bytes[0] = (byte) begun.request();
            bytes[1] = (byte) drawn++;
        }

        @Override
        public int nextInt(int bound) {
            return Math.min(begun.pick(), bound - 1);
        }

        @Override
        public long nextLong() {
            throw new IllegalStateException("nothing else is drawn");
        }
    }

    /** Two sessions are interchangeable; workers are not, because their clocks differ. */
    @Override
    public String key(State state) {
        String key = text(state, UnaryOperator.identity());
        if (size.sessions() != Sessions.TWO) {
            return key;
        }
        String other = text(state, SmallSlotWorld::swapped);
        return key.compareTo(other) < 0 ? key : other;
    }

    private static String swapped(String text) {
        return text.replace("s0", "s?").replace("s1", "s0").replace("s?", "s1");
    }

    private static String text(State state, UnaryOperator<String> naming) {
        Relative now = new Relative(state.now());
        String rows = state.rows().values().stream()
                .map(row -> naming.apply(now.text(row.lease()) + (row.at() == state.now() ? "!" : "")))
                .sorted()
                .collect(Collectors.joining(","));
        String workers = state.workers().stream()
                .map(busy -> naming.apply(busy.map(now::text).orElse("-")))
                .collect(Collectors.joining(";"));
        String flying = state.flying().stream()
                .map(write -> naming.apply(now.text(write.write())))
                .sorted()
                .collect(Collectors.joining(","));
        String tasks = state.tasks().stream()
                .map(task ->
                        naming.apply(task.session().id() + task.owner().substring(0, 4) + (task.until() - state.now())))
                .sorted()
                .collect(Collectors.joining(","));
        return String.join(
                "|",
                rows,
                workers,
                flying,
                tasks,
                state.begun() + " " + state.losses() + " " + state.crashes() + state.lowered(),
                state.wrong());
    }

    /** Texts in which times are told from now, and what is long over is over: so the same may happen whenever it is. */
    private record Relative(int now) {
        private static final int LONG_OVER = -90;

        private long time(Instant instant) {
            return Math.max(LONG_OVER, instant.getEpochSecond() - at(now).getEpochSecond());
        }

        private String text(Busy busy) {
            Begun begun = busy.begun();
            String asks = begun.ahead() + " " + begun.capacity() + begun.most() + " "
                    + busy.next().map(this::text).orElse("done");
            if (busy.hasTaken()) {
                return asks;
            }
            String head = asks + " r" + begun.request() + " s" + begun.first() + " " + begun.pick() + ":";
            return busy.answers().stream()
                    .map(answer -> seen(answer.result()))
                    .collect(Collectors.joining(",", head, ""));
        }

        /** What of an answer the code may still look at. */
        private static String seen(Object result) {
            return switch (result) {
                case Lease lease -> lease.session().id() + "#" + lease.number();
                case List<?> list -> list.stream().map(Relative::seen).sorted().collect(Collectors.joining("+"));
                case Optional<?> optional -> optional.map(Relative::seen).orElse("none");
                case SlotsUnavailable ignored -> "lost";
                default -> result.toString();
            };
        }

        private String text(Lease lease) {
            return lease.session().id() + "#" + lease.number() + " "
                    + lease.owner().substring(0, 4) + " " + time(lease.expiresAt());
        }

        private String text(Question question) {
            return switch (question) {
                case Question.Rows ignored -> "rows";
                case Question.Put put -> "put " + text(put.lease()) + " " + time(put.expiredBefore());
                case Question.Delete delete -> "delete " + text(delete.lease());
                case Question.Send send ->
                    "send " + text(send.taken().lease()) + " "
                            + time(send.taken().sendBefore());
                case Question.Await await -> "await " + text(await.lease());
            };
        }
    }
}
