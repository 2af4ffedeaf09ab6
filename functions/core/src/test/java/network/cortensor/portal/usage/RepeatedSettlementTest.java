package network.cortensor.portal.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A settlement whose answer is lost must not cost its customer a place in flight until the request counts as abandoned. */
class RepeatedSettlementTest {
    private static final Limits ONE_AT_ONCE =
            new Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(1));
    private static final Customer CUSTOMER =
            new Customer("key-1", "acme", new Plan("one", ONE_AT_ONCE, Limits.NONE), new AllowedModels.All());
    private static final Ending ENDING = new Ending(200, "ok", 1, Optional.empty(), Duration.ofSeconds(1));
    private static final Tokens USED = new Tokens(3, 4, Basis.COUNTED);

    private final Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final Losing table = new Losing(new MemoryUsageTable());
    private final Ledger ledger = new Ledger(table, () -> now, pause -> {}, Ledger.Terms.PRODUCTION);

    enum Call {
        SETTLE,
        LEAVE
    }

    /** What becomes of a call that the worker gets no answer to. */
    enum Fate {
        CARRIED_OUT,
        LOST
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"SETTLE, CARRIED_OUT", "SETTLE, LOST", "LEAVE, CARRIED_OUT", "LEAVE, LOST"})
    void aSettlementWithoutAnAnswerIsSentOnceMoreAndCountsOnce(Call call, Fate fate) throws Exception {
        Reservation reservation = admitted();
        table.losses.put(call, 1);
        table.fate = fate;

        reservation.settle(ENDING, USED);

        assertThat(open()).isZero();
        assertThat(table.settled.orElseThrow().tokens()).isEqualTo(USED);
        assertThat(ledger.look(CUSTOMER).over())
                .as("the next request finds the place free")
                .isEmpty();
        assertThat(table.counters("acme").key("key-1").today()).isEqualTo(new Totals(1, 3, 4));
    }

    @Test
    void aTableThatDoesNotAnswerTwiceIsLeftAlone() throws Exception {
        Reservation reservation = admitted();
        table.losses.put(Call.SETTLE, 3);
        table.fate = Fate.LOST;

        assertThatThrownBy(() -> reservation.settle(ENDING, USED)).isInstanceOf(UsageUnavailable.class);

        assertThat(table.losses).containsEntry(Call.SETTLE, 1);
        assertThat(open()).isEqualTo(1);
    }

    private Reservation admitted() throws UsageUnavailable {
        Admission admission =
                ledger.look(CUSTOMER).admit(RequestId.draw(now, new SplittableRandom(1)), "m", new RequestedUse(3, 4));
        Reservation reservation = ((Admission.Admitted) admission).reservation();
        reservation.open();
        return reservation;
    }

    private int open() throws UsageUnavailable {
        return table.counters("acme").key("key-1").open().size();
    }

    /** Some of its calls get no answer. */
    private static final class Losing extends BrokenUsageRules.Wrapped {
        final Map<Call, Integer> losses = new EnumMap<>(Call.class);
        Fate fate = Fate.LOST;
        Optional<UsageEvent> settled = Optional.empty();

        Losing(UsageTable table) {
            super(table);
        }

        @Override
        public UsageEvent settle(UsageEvent event) throws UsageUnavailable {
            boolean answered = isAnswered(Call.SETTLE);
            if (answered || fate == Fate.CARRIED_OUT) {
                settled = Optional.of(super.settle(event));
            }
            if (!answered) {
                throw new UsageUnavailable("no answer");
            }
            return settled.orElseThrow();
        }

        @Override
        public CountersWrite leave(Counters seen, Exit exit) throws UsageUnavailable {
            if (isAnswered(Call.LEAVE)) {
                return super.leave(seen, exit);
            }
            if (fate == Fate.CARRIED_OUT) {
                super.leave(seen, exit);
            }
            throw new UsageUnavailable("no answer");
        }

        private boolean isAnswered(Call call) {
            int left = losses.getOrDefault(call, 0);
            losses.put(call, Math.max(0, left - 1));
            return left == 0;
        }
    }
}
