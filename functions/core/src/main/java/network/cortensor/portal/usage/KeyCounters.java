package network.cortensor.portal.usage;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

/**
 * What one key has used.
 *
 * @param tokens of the week, with what is reserved in its current sixtieth
 * @param open let in and not settled
 * @param today settled on the counters' day
 * @param month settled on earlier days of that month
 */
public record KeyCounters(Meter minute, Meter week, Meter tokens, Set<OpenRequest> open, Totals today, Totals month) {
    static final KeyCounters ZERO =
            new KeyCounters(Meter.ZERO, Meter.ZERO, Meter.ZERO, Set.of(), Totals.ZERO, Totals.ZERO);

    public KeyCounters {
        open = Set.copyOf(open);
    }

    long reserved() {
        return open.stream().mapToLong(OpenRequest::reserved).reduce(0, SaturatingSums::plus);
    }

    KeyCounters entered(OpenRequest request) {
        Set<OpenRequest> more = new HashSet<>(open);
        more.add(request);
        return new KeyCounters(minute.plus(1), week.plus(1), tokens.plus(request.reserved()), more, today, month);
    }

    KeyCounters refused() {
        return new KeyCounters(minute.plus(1), week, tokens, open, today, month);
    }

    KeyCounters left(OpenRequest request, Totals used) {
        Set<OpenRequest> fewer = new HashSet<>(open);
        fewer.remove(request);
        return new KeyCounters(minute, week, tokens.plus(request.settled(used)), fewer, today.plus(used), month);
    }

    KeyCounters moved(Moment from, Moment to) {
        long weekSteps = to.week() - from.week();
        return new KeyCounters(
                minute.moved(to.minute() - from.minute(), 0),
                week.moved(weekSteps, 0),
                tokens.moved(weekSteps, reserved()),
                open,
                to.day().equals(from.day()) ? today : Totals.ZERO,
                monthAfter(from.day(), to.day()));
    }

    private Totals monthAfter(LocalDate from, LocalDate to) {
        if (to.equals(from)) {
            return month;
        }
        return Moment.month(to).equals(Moment.month(from)) ? month.plus(today) : Totals.ZERO;
    }

    public Use use() {
        return new Use(minute, week, tokens, open.size());
    }
}
