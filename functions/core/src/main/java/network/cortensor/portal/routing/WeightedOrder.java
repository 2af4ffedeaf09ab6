package network.cortensor.portal.routing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.routing.PoolChoice.Judged;

/** Draws targets by weight, without putting them back. Each draw costs what is left, so that the usual first draw is one pass. */
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
