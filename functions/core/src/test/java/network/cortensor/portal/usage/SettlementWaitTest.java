package network.cortensor.portal.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import org.junit.jupiter.api.Test;

/** How long a request waits for another of its key to be settled, in virtual time. */
class SettlementWaitTest {
    private static final Limits ONE_AT_ONCE =
            new Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(1));
    private static final Customer CUSTOMER =
            new Customer("key-1", "acme", new Plan("one", ONE_AT_ONCE, Limits.NONE), new AllowedModels.All());

    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final List<Duration> pauses = new ArrayList<>();
    private final Ledger ledger = new Ledger(new MemoryUsageTable(), () -> now, this::pass, Ledger.Terms.PRODUCTION);

    private void pass(Duration duration) {
        pauses.add(duration);
        now = now.plus(duration);
    }

    @Test
    void aRequestTooManyWaitsForHalfASecondAndNoLonger() throws Exception {
        Admission first =
                ledger.look(CUSTOMER).admit(RequestId.draw(now, new SplittableRandom(1)), "m", new RequestedUse(1, 1));
        assertThat(first).isInstanceOf(Admission.Admitted.class);

        AdmissionRequest second = ledger.lookPatiently(CUSTOMER);

        assertThat(second.over()).isPresent();
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void whoeverIsLetInDoesNotWait() throws Exception {
        assertThat(ledger.lookPatiently(CUSTOMER).over()).isEmpty();
        assertThat(pauses).isEmpty();
    }
}
