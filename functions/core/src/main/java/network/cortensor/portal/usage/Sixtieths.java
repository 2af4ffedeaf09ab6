package network.cortensor.portal.usage;

import java.util.Arrays;
import java.util.stream.LongStream;

/** What was used in each of the sixty sixtieths before the current one, newest first. */
public final class Sixtieths {
    public static final Sixtieths NONE = new Sixtieths(new long[Window.SIXTIETHS]);

    private final long[] counts;

    private Sixtieths(long[] counts) {
        this.counts = counts;
    }

    /** @param newestFirst sixty counts, none below zero */
    public static Sixtieths of(long... newestFirst) {
        if (newestFirst.length != Window.SIXTIETHS || Arrays.stream(newestFirst).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("sixtieths: not 60 counts (expected: 60, each >= 0)");
        }
        return new Sixtieths(newestFirst.clone());
    }

    public LongStream newestFirst() {
        return Arrays.stream(counts);
    }

    long total() {
        return newestFirst().reduce(0, SaturatingSums::plus);
    }

    /** After {@code steps} more sixtieths, the first of which is the one that {@code last} was used in. */
    Sixtieths pushed(long last, long steps) {
        long[] moved = new long[Window.SIXTIETHS];
        if (steps <= Window.SIXTIETHS) {
            int by = Math.toIntExact(steps);
            moved[by - 1] = Math.max(0, last);
            System.arraycopy(counts, 0, moved, by, Window.SIXTIETHS - by);
        }
        return new Sixtieths(moved);
    }

    Sixtieths plus(Sixtieths other) {
        long[] sum = counts.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] = SaturatingSums.plus(sum[i], other.counts[i]);
        }
        return new Sixtieths(sum);
    }

    /** How many sixtieths must pass until so much of this no longer counts; beyond all of them if it is more than there is. */
    long stepsUntilGone(long amount) {
        long left = amount;
        for (int age = Window.SIXTIETHS; age > 0; age--) {
            left -= counts[age - 1];
            if (left <= 0) {
                return Window.SIXTIETHS + 1L - age;
            }
        }
        return Window.SIXTIETHS + 1L;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sixtieths that && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(counts);
    }
}
