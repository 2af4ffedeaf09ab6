package network.cortensor.portal.slots;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which numbers a new slot of a session may have.
 *
 * <p>That a number is below the capacity is not enough. An operator may lower a capacity while rows with higher numbers are still taken. Two
 * workers that both see room for one more request could then pick two different numbers, and both would be let in.
 *
 * <p>So the <em>usable</em> numbers are 0 to {@code u - 1}, with the largest {@code u} for which {@code u} plus the number of taken rows numbered {@code u} or
 * higher is at most the capacity. For example, a capacity was lowered from 3 to 2 while row 2 is taken: {@code u} = 1, because 1 + 1 is 2, while with {@code u}
 * = 2 it would be 3. Only number 0 is usable until row 2 goes.
 *
 * <p>Rows above the usable numbers are never taken anew, so {@code u} never falls. A worker that has read earlier therefore picks among no more numbers than one
 * that reads now, and the tasks of all workers stay within the capacity.
 */
final class FreeNumbers {
    private FreeNumbers() {}

    /**
     * @param busy the session's taken rows: fewer than {@code capacity}
     * @return one of the free usable numbers; at least one is free, because otherwise as many rows as the capacity would be taken
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
