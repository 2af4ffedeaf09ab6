package network.cortensor.portal.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * The time that counters stand at.
 *
 * @param minute the current sixtieth of {@link Window#MINUTE}
 * @param week the current sixtieth of {@link Window#WEEK}
 * @param day in UTC
 */
public record Moment(long minute, long week, LocalDate day) {
    static final Moment BEGINNING = of(Instant.EPOCH);

    static Moment of(Instant instant) {
        return new Moment(
                Window.MINUTE.sixtieth(instant),
                Window.WEEK.sixtieth(instant),
                LocalDate.ofInstant(instant, ZoneOffset.UTC));
    }

    /** Counters never go back, so a clock that is behind counts with what those ahead have begun. */
    Moment orLater(Moment other) {
        return other.minute > minute ? other : this;
    }

    /** Whether only the minute's sixtieth tells them apart, if anything does. */
    boolean sameWeekAndDay(Moment other) {
        return week == other.week && day.equals(other.day);
    }

    static YearMonth month(LocalDate day) {
        return YearMonth.from(day);
    }
}
