package network.cortensor.portal.slots;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which numbers a new slot of a session may have.
 *
 * <p>Numbers below the capacity are not enough. After a capacity was lowered, rows with higher numbers live on; two takers who both see
 * room for one more could pick two different numbers, and both would be let in. So the <em>usable</em> numbers are the most, from 0 up,
 * that together with all rows above them do not exceed the capacity. Rows above only ever go, so the usable numbers only ever grow: a taker who read earlier
 * picks among no more than a taker who reads now, and as many tasks as there are usable numbers and rows above are within the capacity.
 */
final class FreeNumbers {
    private FreeNumbers() {}

    /**
     * @param busy the session's taken rows: fewer than {@code capacity}
     * @return one of the free usable numbers: there is one, else as many rows as the capacity would be taken
     */
    static int draw(List<Lease> busy, int capacity, RandomGenerator random) {
        var numbers = busy.stream().map(Lease::number).collect(Collectors.toSet());
        int[] free = IntStream.range(0, usable(busy, capacity))
                .filter(number -> !numbers.contains(number))
                .toArray();
        return free[random.nextInt(free.length)];
    }

    private static int usable(List<Lease> busy, int capacity) {
        int usable = capacity;
        while (usable + above(busy, usable) > capacity) {
            usable--;
        }
        return usable;
    }

    private static int above(List<Lease> busy, int usable) {
        return Math.toIntExact(
                busy.stream().filter(row -> row.number() >= usable).count());
    }
}
