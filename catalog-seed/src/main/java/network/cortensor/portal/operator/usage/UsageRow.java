package network.cortensor.portal.operator.usage;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import network.cortensor.portal.usage.Period;
import network.cortensor.portal.usage.Totals;
import network.cortensor.portal.usage.UsageEvent;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.State;

/**
 * What was used at once: by one request, or by all of a key's on one day.
 *
 * @param alias of one request; days do not say
 * @param detail of one request
 */
record UsageRow(
        LocalDate day, String customer, String keyId, Optional<String> alias, Totals totals, Optional<Detail> detail) {

    /**
     * How many of the requests ended how.
     *
     * @param failed those without a whole answer
     * @param estimated those whose tokens are an estimate
     * @param unsettled those of them that nobody settled, because their worker died
     */
    record Detail(long failed, long estimated, long unsettled) {
        static Detail of(UsageEvent event) {
            boolean answered = event.state() instanceof State.Settled(UsageEvent.Ending ending)
                    && ending.outcome().equals("ok");
            return new Detail(
                    answered ? 0 : 1,
                    event.tokens().basis() == Basis.ESTIMATED ? 1 : 0,
                    event.state() instanceof State.Closed ? 1 : 0);
        }

        Detail plus(Detail other) {
            return new Detail(failed + other.failed, estimated + other.estimated, unsettled + other.unsettled);
        }
    }

    static UsageRow of(UsageEvent event) {
        return new UsageRow(
                LocalDate.ofInstant(event.request().at(), ZoneOffset.UTC),
                event.account().customer(),
                event.account().keyId(),
                Optional.of(event.account().alias()),
                event.totals(),
                Optional.of(Detail.of(event)));
    }

    static UsageRow of(Period.Sum sum, LocalDate day) {
        return new UsageRow(day, sum.customer(), sum.keyId(), Optional.empty(), sum.totals(), Optional.empty());
    }
}
