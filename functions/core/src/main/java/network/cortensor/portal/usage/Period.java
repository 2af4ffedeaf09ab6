package network.cortensor.portal.usage;

import java.time.LocalDate;
import java.time.YearMonth;

/** A day or a month, in UTC, over which use is summed. */
public sealed interface Period {
    record Day(LocalDate date) implements Period {
        @Override
        public String toString() {
            return date.toString();
        }
    }

    record Month(YearMonth month) implements Period {
        @Override
        public String toString() {
            return month.toString();
        }
    }

    /** What one key used in a period that is over. */
    record Sum(String keyId, String customer, Period period, Totals totals) {}
}
