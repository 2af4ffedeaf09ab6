package network.cortensor.portal.usage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the keys of one customer have used, as it stands in the table. A value: what happens makes another one.
 *
 * @param changes how often it was written
 * @param rolls how often it was written anew because time had moved on or a key was new; while it stays, everything but the current
 *     sixtieths stays
 * @param keys in the order of their places
 * @param gone requests that left since they were last made anew
 */
public record Counters(
        String customer, long changes, long rolls, Moment moment, List<Place> keys, Set<RequestId> gone) {

    /** They cost bytes, so that many short requests within a second would make every write dearer. */
    private static final int MOST_GONE = 8;

    public Counters {
        keys = List.copyOf(keys);
        gone = Set.copyOf(gone);
    }

    /**
     * One key's counters and the number that they have in the table. A key keeps its number as long as anything of it counts.
     */
    public record Place(int number, String keyId, KeyCounters counters) {}

    /** Of a customer who has used nothing yet. */
    public static Counters none(String customer) {
        return new Counters(customer, 0, 0, Moment.BEGINNING, List.of(), Set.of());
    }

    public Optional<Place> place(String keyId) {
        return keys.stream().filter(place -> place.keyId().equals(keyId)).findFirst();
    }

    public KeyCounters key(String keyId) {
        return place(keyId).map(Place::counters).orElse(KeyCounters.ZERO);
    }

    /** What all keys have used together. */
    public Use use() {
        return keys.stream().map(place -> place.counters().use()).reduce(Use.ZERO, Use::plus);
    }

    /** Whether these can go on as they are, or {@code now} or the key is new to them, or too many are gone. */
    boolean holdsFor(String keyId, Instant now) {
        return standsAt(keyId, now) && gone.size() < MOST_GONE;
    }

    /** Whether the key has a place and {@code now} is in the sixtieths that these stand at. */
    boolean standsAt(String keyId, Instant now) {
        return place(keyId).isPresent() && moment.equals(Moment.of(now).orLater(moment));
    }

    /** As they are at an instant, if nothing happens until then. */
    Counters at(Instant now) {
        Moment later = Moment.of(now).orLater(moment);
        List<Place> moved = new ArrayList<>();
        for (Place place : keys) {
            KeyCounters counters = place.counters().moved(moment, later);
            if (!counters.equals(KeyCounters.ZERO)) {
                moved.add(new Place(place.number(), place.keyId(), counters));
            }
        }
        return new Counters(customer, changes, rolls, later, moved, gone);
    }

    /** The days and months that are over at an instant and were not before. */
    List<Period.Sum> over(Instant now) {
        Moment later = Moment.of(now).orLater(moment);
        List<Period.Sum> over = new ArrayList<>();
        for (Place place : keys) {
            Totals today = place.counters().today();
            if (!later.day().equals(moment.day())) {
                over.add(sum(place, new Period.Day(moment.day()), today));
            }
            if (!Moment.month(later.day()).equals(Moment.month(moment.day()))) {
                Totals month = place.counters().month().plus(today);
                over.add(sum(place, new Period.Month(Moment.month(moment.day())), month));
            }
        }
        over.removeIf(sum -> sum.totals().equals(Totals.ZERO));
        return over;
    }

    private Period.Sum sum(Place place, Period period, Totals totals) {
        return new Period.Sum(place.keyId(), customer, period, totals);
    }

    /** With a request let in. */
    Counters entered(String keyId, OpenRequest request) {
        return with(keyId, key(keyId).entered(request));
    }

    /** With a request that was refused. */
    Counters refused(String keyId) {
        return with(keyId, key(keyId).refused());
    }

    /** With a request gone, which used so much. */
    Counters left(String keyId, OpenRequest request, Totals used) {
        Counters without = with(keyId, key(keyId).left(request, used));
        Set<RequestId> more = new HashSet<>(gone);
        more.add(request.id());
        return new Counters(customer, changes, rolls, moment, without.keys(), more);
    }

    private Counters with(String keyId, KeyCounters counters) {
        Map<Integer, Place> byNumber = new TreeMap<>();
        keys.forEach(place -> byNumber.put(place.number(), place));
        int number = place(keyId).map(Place::number).orElseGet(() -> firstFree(byNumber));
        byNumber.put(number, new Place(number, keyId, counters));
        return new Counters(customer, changes, rolls, moment, List.copyOf(byNumber.values()), gone);
    }

    private static int firstFree(Map<Integer, Place> taken) {
        int number = 0;
        while (taken.containsKey(number)) {
            number++;
        }
        return number;
    }

    /** After a write that left places and sixtieths as they were. */
    Counters changed() {
        return new Counters(customer, changes + 1, rolls, moment, keys, gone);
    }

    /** After a write that made everything anew. */
    public Counters rolled() {
        return new Counters(customer, changes + 1, rolls + 1, moment, keys, Set.of());
    }

    /** Open requests that were received before an instant, by key. */
    Map<String, List<OpenRequest>> openSince(Instant before) {
        Map<String, List<OpenRequest>> found = new HashMap<>();
        for (Place place : keys) {
            List<OpenRequest> old = place.counters().open().stream()
                    .filter(request -> request.id().at().isBefore(before))
                    .toList();
            if (!old.isEmpty()) {
                found.put(place.keyId(), old);
            }
        }
        return found;
    }
}
