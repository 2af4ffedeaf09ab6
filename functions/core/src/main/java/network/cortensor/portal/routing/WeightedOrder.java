package network.cortensor.portal.routing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.routing.PoolChoice.Judged;

/**
 * Draws targets by weight, without putting them back. Each draw costs what is left, so that the usual first draw is one pass.
 *
 * <p>It needs no memory, so workers that know nothing of each other spread their requests all the same, and it keeps the shares that operators gave by weight. It
 * is <em>not</em> the right order where one process sees all requests and most sessions are busy: then the least recently used target is mostly the free one, and a
 * draw meets many that are taken (5,429 against 3,964 for 1,000 requests, {@code strategy-report.md}). Nor where targets of one group differ much in speed or
 * failures: a draw does not look at either, and leaves that to health, which puts targets known good before the others.
 */
final class WeightedOrder implements Iterator<TargetView> {
    private final List<TargetView> left;
    private final RandomGenerator random;

    WeightedOrder(List<Judged> group, RandomGenerator random) {
        this.left = new ArrayList<>(group.size());
        this.random = random;
        group.forEach(judged -> left.add(judged.view()));
    }

    @Override
    public boolean hasNext() {
        return !left.isEmpty();
    }

    @Override
    public TargetView next() {
        if (left.isEmpty()) {
            throw new NoSuchElementException();
        }
        long total = 0;
        for (TargetView view : left) {
            total += view.target().weight();
        }
        long drawn = random.nextLong(total);
        int index = 0;
        while (drawn >= left.get(index).target().weight()) {
            drawn -= left.get(index).target().weight();
            index++;
        }
        return takeOut(index);
    }

    /** The order of what is left does not matter, so the last fills the gap. */
    private TargetView takeOut(int index) {
        TargetView taken = left.get(index);
        TargetView last = left.removeLast();
        if (index < left.size()) {
            left.set(index, last);
        }
        return taken;
    }
}
