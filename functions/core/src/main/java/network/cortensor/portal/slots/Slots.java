package network.cortensor.portal.slots;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import network.cortensor.portal.model.Session;

/**
 * Takes and releases slots. Safe for use by many threads; a {@link Pass} is for one.
 *
 * <h2>The protocol</h2>
 *
 * Two requests at once on one session can be answered with each other's text. Workers share no memory, may die at any instant and have
 * clocks that differ; routers do not cancel. So a slot is a row in a table, and these rules hold:
 *
 * <ol>
 *   <li>A slot belongs to a <em>session</em>, never to a target: targets may be renamed, moved and doubled.
 *   <li>Its states: <em>free</em> (no row, or one that expired more than {@link #CLOCK_SKEW} ago), <em>taken</em> (any other row).
 *   <li>Before a take the router's rows are read consistently. All taken rows of the session count against its capacity, whatever their
 *       number, so that a lowered capacity holds at once.
 *   <li>A take MUST be one conditional write on a free slot whose number is {@linkplain FreeNumbers usable}. If the condition fails on a
 *       row with our own owner, an earlier try of this very write had succeeded and its answer was lost: it is a success. Any other doubt
 *       MUST be treated as not taken; the row is deleted on condition of our owner, as well as that goes.
 *   <li>{@code expiresAt} is the taker's now + the attempt's time + {@link #MARGIN}, and is never moved.
 *   <li>The first byte MUST leave for the router within {@link #SEND_WITHIN} of the take, or the slot is released unused.
 *   <li>A release is a delete on condition of our owner. It MUST happen only when the router has surely ended the task; otherwise nothing
 *       is written, and the slot comes back when it expires. A worker that dies leaves just that.
 * </ol>
 *
 * <h2>Why it holds</h2>
 *
 * A task that was sent in time is over, on the router, {@code attempt} + 32 s after it was sent, the longest delay that was seen between
 * acceptance and submission. Sending takes at most 5 s, so the lease outlives the task by 60 − 32 − 5 = 23 s of its taker's clock; another
 * taker waits 30 s more by its own. Clocks may therefore differ by up to 23 s even when the table deletes expired rows by itself at the very second
 * (TTL), and by up to 53 s when it does not. A write that lands late can only hit a free slot, where it keeps everyone else out until it
 * expires; a delete that lands late hits only its own row.
 *
 * <p>While an operator's edit spreads, takers have different capacities in mind. The largest of them holds until all of those have sent or given up who had it
 * in mind, or had begun to look before those had sent.
 *
 * <h2>What checks it</h2>
 *
 * {@code SlotSimulationTest} lives it through at random, on the requirements' scale; {@code SlotExplorationTest} in every order of every step, crash and lost
 * call, for two workers and two or three requests. The invariant of both: a session never works on more tasks at once than the largest capacity that
 * holds as said above.
 */
public final class Slots {
    /** How long after its expiry a row still counts: what clocks may differ by. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    /** How often a number is drawn in one pass. When 16 take among 64 numbers at once, each loses a draw with a chance below 1/4, and eight in a row less often than once in 65,000. */
    private static final int DRAWS = 8;

    /** How long a lease outlives its attempt: routers were seen to submit a task 32 s after they accepted it. */
    public static final Duration MARGIN = Duration.ofSeconds(60);

    /** How soon after the take the first byte must have left. */
    public static final Duration SEND_WITHIN = Duration.ofSeconds(5);

    /** For how long a look that was made ahead stands for one that is made now. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final SlotTable table;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Terms terms;

    /**
     * The protocol's three times; {@link #PRODUCTION} everywhere but in tests, which shrink them together.
     *
     * @param skew see {@link Slots#CLOCK_SKEW}
     * @param margin see {@link Slots#MARGIN}
     * @param sendWithin see {@link Slots#SEND_WITHIN}
     */
    public record Terms(Duration skew, Duration margin, Duration sendWithin) {
        public static final Terms PRODUCTION = new Terms(CLOCK_SKEW, MARGIN, SEND_WITHIN);
    }

    /**
     * @param random cryptographically strong: owners must not be guessed or repeated
     */
    public Slots(SlotTable table, InstantSource clock, RandomGenerator random, Terms terms) {
        this.table = table;
        this.clock = clock;
        this.random = random;
        this.terms = terms;
    }

    /** Begins a look at the slots of several sessions: each router is read once, when it is first asked for. */
    public Pass pass() {
        return new Pass();
    }

    /** Begins a look that has read one router already. It is used soon, or not at all: see {@link Pass#isFresh}. */
    public Pass pass(String router) {
        Pass pass = new Pass();
        pass.seen.put(router, pass.look(router));
        return pass;
    }

    /** Whether the table has surely no row of this lease any more. */
    boolean release(Lease lease) {
        try {
            table.delete(lease);
            return true;
        } catch (SlotsUnavailable e) {
            return false;
        }
    }

    /** When a lease's slot may be taken by others if it is not released. */
    public Instant freeAt(Lease lease) {
        return lease.expiresAt().plus(terms.skew());
    }

    /** One look at the slots. Lasts no longer than a request's scan of its candidates. */
    public final class Pass {
        private final Map<String, Sight> seen = new HashMap<>();

        private final Instant begun = clock.instant();

        private Pass() {}

        /** Whether what it has read is new enough to tell whether waiting is worth while. A take is safe by what it read at any age. */
        public boolean isFresh() {
            return clock.instant().isBefore(begun.plus(FRESH));
        }

        /** Whether a take may succeed, as far as is known without reading. */
        public boolean mayHaveRoom(Session session, int capacity) {
            return switch (seen.get(session.router())) {
                case null -> true;
                case Sight.Nothing _ -> false;
                case Sight.Rows rows -> rows.of(session).size() < capacity;
            };
        }

        /** What the read of a router showed. */
        private sealed interface Sight {
            /** @param taken of {@code all} rows */
            record Rows(List<Lease> taken, int all) implements Sight {
                List<Lease> of(Session session) {
                    return taken.stream()
                            .filter(row -> row.session().equals(session))
                            .toList();
                }
            }

            /** @param take what becomes of every take on this router in this pass */
            record Nothing(Take take) implements Sight {}
        }

        /** The most rows that the read of one router has shown, expired ones included: reads cost by them. */
        public int mostRows() {
            return seen.values().stream()
                    .mapToInt(sight -> sight instanceof Sight.Rows rows ? rows.all() : 0)
                    .max()
                    .orElse(0);
        }

        /**
         * Tries to take a slot.
         *
         * @param attempt how long the attempt may last
         */
        public Take take(Session session, int capacity, Duration attempt) {
            return switch (seen.computeIfAbsent(session.router(), this::look)) {
                case Sight.Nothing nothing -> nothing.take();
                case Sight.Rows rows -> takeBeside(rows.of(session), session, capacity, attempt);
            };
        }

        /**
         * Where others take slots in the same moment, two may draw one number. The one who comes second knows one taken row more, and draws again among the rest:
         * to wait for a slot while others are free would cost it half a second and more. The row that was in the way has a usable number, so that
         * the usable numbers of {@link FreeNumbers} stay the same.
         */
        private Take takeBeside(List<Lease> taken, Session session, int capacity, Duration attempt) {
            List<Lease> busy = new ArrayList<>(taken);
            for (int draw = 0; draw < DRAWS && busy.size() < capacity; draw++) {
                switch (write(session, FreeNumbers.draw(busy, capacity, random), attempt)) {
                    case Take.Busy lost -> busy.addAll(lost.by());
                    case Take other -> {
                        return other;
                    }
                }
            }
            return new Take.Busy(List.copyOf(busy));
        }

        private Sight look(String router) {
            Instant expiredBefore = clock.instant().minus(terms.skew());
            try {
                List<Lease> all = table.rows(router);
                List<Lease> taken = all.stream()
                        .filter(row -> !row.expiresAt().isBefore(expiredBefore))
                        .toList();
                return new Sight.Rows(taken, all.size());
            } catch (SlotsUnavailable e) {
                return new Sight.Nothing(e instanceof SlotsThrottled ? new Take.Throttled() : new Take.Unreadable());
            }
        }

        private Take write(Session session, int number, Duration attempt) {
            Instant now = clock.instant();
            Lease lease = new Lease(
                    session,
                    number,
                    newOwner(),
                    now,
                    wholeSeconds(now.plus(attempt).plus(terms.margin())));
            try {
                Optional<Lease> inTheWay = table.put(lease, now.minus(terms.skew()));
                if (inTheWay.isEmpty() || inTheWay.get().owner().equals(lease.owner())) {
                    return ours(lease);
                }
                return new Take.Busy(List.of(inTheWay.get()));
            } catch (SlotsUnavailable e) {
                release(lease);
                return e instanceof SlotsThrottled ? new Take.Throttled() : new Take.Doubtful();
            }
        }

        /** A worker that was held up for so long that nothing may be sent any more gives the slot back at once. */
        private Take ours(Lease lease) {
            Take.Taken taken = new Take.Taken(Slots.this, lease, lease.takenAt().plus(terms.sendWithin()));
            if (clock.instant().isBefore(taken.sendBefore())) {
                return taken;
            }
            taken.release();
            return new Take.Doubtful();
        }

        /** Rounded up: the table's expiry knows seconds only. */
        private static Instant wholeSeconds(Instant instant) {
            return instant.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        }

        private String newOwner() {
            byte[] owner = new byte[16];
            random.nextBytes(owner);
            return HexFormat.of().formatHex(owner);
        }
    }
}
