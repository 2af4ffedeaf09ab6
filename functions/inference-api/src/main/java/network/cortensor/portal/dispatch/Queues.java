package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who waits for slots, who was told to come back for one, and who has attempts under way in this process, by model and customer, so that sessions that are
 * short are shared by customers and not by requests.
 *
 * <h2>Whose turn it is</h2>
 *
 * The turn of a request is the number of its customer's attempts under way plus that of its customer's older requests in the queue; the lower turn goes first,
 * and among equal turns the older request. A refused request keeps its place in the queue: when its customer comes back no earlier than it was told to, and
 * no later than {@link #KEPT_FOR} after that, the new request is as old as the refused one.
 *
 * <p>Example: customer A has two attempts under way and two requests in the queue, whose turns are 2 and 3. Customer B has one request in the queue, whose
 * turn is 0: it goes first, however old those of A are.
 *
 * <h2>What follows from it</h2>
 *
 * <ul>
 *   <li>A new request does not take the slot that others wait for: where another customer's request waits whose turn comes before, it looks only after one
 *       pause.
 *   <li>All waiting requests together look as often as without any rule. A quarter of these looks is shared by customers, equally; the rest goes by turns, half
 *       as many to each turn as to the one before. So a request at the end of the queue still finds the slot that those before it cannot use.
 *   <li>Those whose turn comes before are counted when a refused customer is told when to come back ({@link RetryAdvice}).
 * </ul>
 *
 * One customer alone, and one whose requests find free slots, never notices anything of it. It is <em>not</em> fair where a customer's requests arrive in several
 * processes: other processes are not seen, and between them a slot falls to the one that looks first. Safe for use by many threads.
 */
final class Queues {
    /** How late a customer may come back. */
    static final Duration KEPT_FOR = Duration.ofSeconds(10);

    /** More refused requests of one model lose their places: a bound of memory that 64 streams do not reach. */
    private static final int MOST_KEPT = 1_000;

    /** The share of all looks that customers get equally; the rest goes by turns. */
    private static final double SHARED = 0.25;

    /** In that rest, how many looks a turn gets for each of the turn before. */
    private static final double NEXT_TURN = 0.5;

    private final Map<String, Queue> byModel = new HashMap<>();

    /** How many attempts were begun in all; kept when nobody asks for the model any more, for it only grows. */
    private final Map<String, Long> begun = new HashMap<>();

    /** One request's place; two requests never have the same. */
    static final class Place {
        private final String model;
        private final String customer;
        private final Instant since;

        /** @param since when the request came, or the refused one that it follows */
        private Place(String model, String customer, Instant since) {
            this.model = model;
            this.customer = customer;
            this.since = since;
        }

        private String customer() {
            return customer;
        }

        private Instant since() {
            return since;
        }
    }

    /** A refused request's place, kept for its customer until {@code due} and a little longer. */
    private record Kept(Place place, Instant due) {
        boolean isLost(Instant now) {
            return due.plus(KEPT_FOR).isBefore(now);
        }
    }

    private static final class Queue {
        final Map<String, Integer> answered = new HashMap<>();
        final Set<Place> waiting = new HashSet<>();
        final List<Kept> kept = new ArrayList<>();

        boolean isEmpty() {
            return answered.isEmpty() && waiting.isEmpty() && kept.isEmpty();
        }

        /** The requests in the queue, in the order of their turns. */
        List<Place> inTurn(Stream<Place> places) {
            record Turn(int number, Place place) {}
            Map<String, Integer> next = new HashMap<>(answered);
            return places.sorted(Comparator.comparing(Place::since))
                    .map(place -> new Turn(next.merge(place.customer(), 1, Integer::sum), place))
                    .sorted(Comparator.comparingInt(Turn::number)
                            .thenComparing(turn -> turn.place().since()))
                    .map(Turn::place)
                    .toList();
        }
    }

    /** A request's stay in one of the two states; closing it ends it. */
    interface Stay extends AutoCloseable {
        @Override
        void close();
    }

    /** A request comes: with a place of its own, or with the one that was kept for it. */
    synchronized Place arrives(Job job) {
        Instant now = job.receivedAt();
        Optional<Kept> back = Optional.ofNullable(byModel.get(job.alias()))
                .flatMap(queue -> queue.kept.stream()
                        .filter(kept -> kept.place().customer().equals(job.customer()))
                        .filter(kept -> !kept.due().isAfter(now) && !kept.isLost(now))
                        .min(Comparator.comparing(kept -> kept.place().since())));
        back.ifPresent(kept -> queue(job.alias()).kept.remove(kept));
        tidy(job.alias());
        return new Place(
                job.alias(),
                job.customer(),
                back.map(kept -> kept.place().since()).orElse(now));
    }

    /** The request waits for a slot until this is closed. */
    synchronized Stay waits(Place place) {
        queue(place.model).waiting.add(place);
        return () -> leave(place);
    }

    private synchronized void leave(Place place) {
        queue(place.model).waiting.remove(place);
        tidy(place.model);
    }

    /** The request has an attempt under way until this is closed. */
    synchronized Stay isAnswered(Job job) {
        Queue queue = queue(job.alias());
        begun.merge(job.alias(), 1L, Long::sum);
        queue.answered.merge(job.customer(), 1, Integer::sum);
        return () -> isOver(job);
    }

    private synchronized void isOver(Job job) {
        queue(job.alias()).answered.computeIfPresent(job.customer(), (_, count) -> count == 1 ? null : count - 1);
        tidy(job.alias());
    }

    /** The request is refused, and its place kept until the customer was told to come back. */
    synchronized void keeps(Place place, Instant now, Instant due) {
        Queue queue = queue(place.model);
        queue.kept.removeIf(kept -> kept.isLost(now));
        if (queue.kept.size() < MOST_KEPT) {
            queue.kept.add(new Kept(place, due));
        }
        tidy(place.model);
    }

    /** Whether another customer's request waits whose turn comes before. */
    synchronized boolean othersGoFirst(Place place) {
        Queue queue = queue(place.model);
        boolean first = queue.inTurn(Stream.concat(queue.waiting.stream(), Stream.of(place))).stream()
                .takeWhile(other -> other != place)
                .allMatch(other -> other.customer().equals(place.customer()));
        tidy(place.model);
        return !first;
    }

    /** How many requests wait, or were told to come back, whose turn comes before that of a waiting one. */
    synchronized int ahead(Place place, Instant now) {
        Queue queue = queue(place.model);
        queue.kept.removeIf(kept -> kept.isLost(now));
        Stream<Place> others = Stream.concat(
                queue.waiting.stream().filter(other -> other != place),
                queue.kept.stream().map(Kept::place));
        int ahead = queue.inTurn(Stream.concat(others, Stream.of(place))).indexOf(place);
        tidy(place.model);
        return ahead;
    }

    /** How many attempts of the model this process has begun. */
    synchronized long begun(String model) {
        return begun.getOrDefault(model, 0L);
    }

    /**
     * The mean time between two looks of a waiting request.
     *
     * @param usual what it is when only one request waits
     */
    synchronized Duration look(Place place, Duration usual) {
        Queue queue = queue(place.model);
        List<Place> turns = queue.inTurn(queue.waiting.stream());
        int turn = turns.indexOf(place);
        if (turn < 0) {
            return usual;
        }
        int all = turns.size();
        long own = turns.stream()
                .filter(other -> other.customer().equals(place.customer()))
                .count();
        long customers = turns.stream().map(Place::customer).distinct().count();
        double byCustomers = (double) all / (own * customers);
        double byTurns = all * (1 - NEXT_TURN) * Math.pow(NEXT_TURN, turn) / (1 - Math.pow(NEXT_TURN, all));
        return Duration.ofNanos(Math.round(usual.toNanos() / (SHARED * byCustomers + (1 - SHARED) * byTurns)));
    }

    private Queue queue(String model) {
        return byModel.computeIfAbsent(model, _ -> new Queue());
    }

    private void tidy(String model) {
        byModel.computeIfPresent(model, (_, queue) -> queue.isEmpty() ? null : queue);
    }
}
