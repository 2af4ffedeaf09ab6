package network.cortensor.portal.activity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What customers see of a model's sums: the last 24 hours and the last 30 days, the present hour and day included, oldest first. Where there were fewer than
 * {@value #FEWEST} requests nothing is said: a few say little, and a reader might know whose they were.
 *
 * @param hours 24 of them
 * @param days 30 of them
 * @param lastDay of the 24 hours together
 * @param lastMonth of the 30 days together
 */
public record Figures(
        List<Optional<Figure>> hours,
        List<Optional<Figure>> days,
        Optional<Figure> lastDay,
        Optional<Figure> lastMonth) {
    public static final int HOURS = 24;
    public static final int DAYS = 30;

    private static final int FEWEST = 5;

    /**
     * Of some time.
     *
     * @param answered the share of requests that got a whole answer, 0 to 1
     * @param firstToken the median time from receipt to the first token; absent if no request had one
     */
    public record Figure(double answered, Optional<Duration> firstToken) {
        /** The share as it is shown, in thousandths and rounded down: only all of them are 1. */
        public BigDecimal share() {
            return BigDecimal.valueOf(answered).setScale(3, RoundingMode.DOWN);
        }
    }

    public Figures {
        hours = List.copyOf(hours);
        days = List.copyOf(days);
    }

    /** Nothing is known. */
    public static Figures none(Instant now) {
        return of(Map.of(), now);
    }

    /** @param sums by the beginnings of their hours */
    public static Figures of(Map<Instant, ActivitySums> sums, Instant now) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        List<ActivitySums> byHour = new ArrayList<>();
        for (int ago = HOURS - 1; ago >= 0; ago--) {
            byHour.add(sums.getOrDefault(hour.minus(Duration.ofHours(ago)), ActivitySums.NONE));
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<ActivitySums> byDay = new ArrayList<>();
        for (int ago = DAYS - 1; ago >= 0; ago--) {
            byDay.add(ofDay(sums, today.minusDays(ago)));
        }
        return new Figures(figures(byHour), figures(byDay), figure(together(byHour)), figure(together(byDay)));
    }

    /** The first day that figures are made of. */
    public static LocalDate firstDay(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS - 1L);
    }

    private static ActivitySums ofDay(Map<Instant, ActivitySums> sums, LocalDate day) {
        Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        ActivitySums all = ActivitySums.NONE;
        for (int hour = 0; hour < HOURS; hour++) {
            all = all.plus(sums.getOrDefault(begin.plus(Duration.ofHours(hour)), ActivitySums.NONE));
        }
        return all;
    }

    private static ActivitySums together(List<ActivitySums> sums) {
        return sums.stream().reduce(ActivitySums.NONE, ActivitySums::plus);
    }

    private static List<Optional<Figure>> figures(List<ActivitySums> sums) {
        return sums.stream().map(Figures::figure).toList();
    }

    private static Optional<Figure> figure(ActivitySums sums) {
        return sums.requests() < FEWEST
                ? Optional.empty()
                : Optional.of(new Figure((double) sums.answered() / sums.requests(), sums.medianFirstToken()));
    }
}
