package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.slots.Lease;

/**
 * When a refused customer should come back: when it is likely to be its turn.
 *
 * <p>For each busy slot there is an instant at which it is likely to be free, and after that it is taken and comes free again and again, each time after as
 * long as most attempts of its pool take. The {@code n}-th of all these instants is the customer's, where {@code n} counts
 *
 * <ul>
 *   <li>those of this process whose turn comes before ({@link Queues}): they wait, or were told to come back earlier;
 *   <li>those of other processes, of whom only {@linkplain Turnover what they took} is seen: {@value #UNSEEN} for each slot that came free while the customer
 *       waited and went to one of them;
 *   <li>one of the first round by lot, so that customers whom different processes refuse together do not come back together.
 * </ul>
 *
 * Most attempts and not half of them: coming back at the usual time would meet half of the slots still busy.
 *
 * <p>Example: two slots were taken 1 s and 2 s ago, most attempts take 3 s, and four requests go before. Slots come free in 1, 2, 4, 5, 7 and 8 s. The lot
 * adds nothing or one, so the customer's turn is in 7 or 8 s.
 *
 * <p>Customers may be told to wait for a minute at the longest. Where more wait than slots come free in that time, some of those who come back are refused again.
 */
final class RetryAdvice {
    /** Official SDKs disagree on anything longer. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /**
     * A request that lost {@code k} slots to others waits beside some {@code k} of them, and others were told to come back as it is. In {@code ReturningCustomersTest},
     * with ten times as many processes of one stream as sessions and answers of 3 s, 51 % of those who came back as told were served with 0, 68 % with 1, 75 %
     * with 4, and 75 % with 10.
     */
    private static final int UNSEEN = 4;

    /** Where others wait, a customer comes back in this part of the queue's time before its turn: it waits for the rest, and misses no slot. */
    private static final int EARLY = 5;

    private final DispatcherParts parts;
    private final UsualTimes usual;
    private final Others others;
    private final Duration queue;
    private final PriorityQueue<Free> free = new PriorityQueue<>(Comparator.comparing(Free::at));

    /** A slot that is likely to be free then, and every so long after it. */
    private record Free(Instant at, Duration every) {
        Free again() {
            return new Free(at.plus(every), every);
        }
    }

    /**
     * Who else wants slots.
     *
     * @param ahead in this process
     */
    record Others(int ahead, Turnover turnover) {
        long count() {
            return ahead + UNSEEN * turnover.lostToOtherProcesses();
        }
    }

    /** @param queue how long the customer may wait again when it comes back */
    RetryAdvice(DispatcherParts parts, UsualTimes usual, Others others, Duration queue) {
        this.parts = parts;
        this.usual = usual;
        this.others = others;
        this.queue = queue;
    }

    /** Reckons with a busy slot. One that is held for longer than most is likely lost to a hung task, and comes back when it expires. */
    void busy(Lease lease, TargetView candidate) {
        others.turnover().saw(lease);
        Duration most = most(candidate);
        Instant likely = lease.takenAt().plus(most);
        free.add(new Free(likely.isAfter(now()) ? likely : parts.slots().freeAt(lease), most));
    }

    private Duration most(TargetView candidate) {
        return usual.of(candidate.target().id().pool())
                .or(() -> candidate.firstToken().map(average -> average.multipliedBy(2)))
                .orElse(parts.time().timing().usualAttempt());
    }

    /** 1 to 60 s; soon, if no busy slot was seen. */
    Duration wait(RandomGenerator random) {
        if (free.isEmpty()) {
            return SHORTEST;
        }
        long before = others.count();
        Duration early = before == 0 ? Duration.ZERO : queue.dividedBy(EARLY);
        Duration spread = Duration.ofMillis(random.nextLong(SHORTEST.toMillis(), 2 * SHORTEST.toMillis()));
        Instant turn = turn(before + random.nextInt(free.size()));
        Duration wait = Duration.between(now(), turn).minus(early).plus(spread);
        return before > 0 && wait.compareTo(LONGEST) > 0 ? nearlyLongest(random) : clip(wait);
    }

    /** Nor do those come back together whose turn is too far away. */
    private static Duration nearlyLongest(RandomGenerator random) {
        return LONGEST.minusMillis(random.nextLong(LONGEST.dividedBy(4).toMillis()));
    }

    private Instant turn(long before) {
        Instant farEnough = now().plus(LONGEST).plus(queue);
        for (long taken = 0; taken < before && free.element().at().isBefore(farEnough); taken++) {
            free.add(free.remove().again());
        }
        return free.element().at();
    }

    /** As customers may be told to wait. */
    static Duration clip(Duration wait) {
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private Instant now() {
        return parts.time().clock().instant();
    }
}
