package network.cortensor.portal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BurstTest {
    /** So many are refused in all, or nearly. */
    private static final int CUSTOMERS = 200;

    @ParameterizedTest(name = "twice the capacity of {0} sessions")
    @ValueSource(ints = {1, 2, 5, 20})
    void whoComesBackWhenToldIsServedAtLeastNineTimesInTen(int sessions) throws InterruptedException {
        int refused = 0;
        int served = 0;
        for (long seed = 0; seed < CUSTOMERS / sessions; seed++) {
            ArrivingCustomers.Return back = ArrivingCustomers.of(2 * sessions, sessions, seed);
            refused += back.refused();
            served += back.served();
        }

        assertThat(refused).isGreaterThan(CUSTOMERS / 2);
        assertThat((double) served / refused).isGreaterThanOrEqualTo(0.9);
    }
}
