package network.cortensor.portal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.PoolTimes;
import org.junit.jupiter.api.Test;

class FirstTokensTest {
    private final FirstTokens times = new FirstTokens();

    @Test
    void withoutExperienceAPoolsOwnTimeHolds() {
        assertThat(times.patience(pool())).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aWorkersOwnExperienceIsThreeTimesItsSlowestButTheRarest() {
        for (int request = 0; request < 100; request++) {
            times.saw("main", Duration.ofSeconds(request == 50 ? 59 : request == 51 ? 6 : 1));
        }

        assertThat(times.patience(pool())).isEqualTo(Duration.ofSeconds(18));
    }

    @Test
    void beforeItHasEnoughOfItTheAveragesOfHealthCount() {
        times.saw("main", Duration.ofSeconds(1));

        assertThat(times.patience(pool(Duration.ofSeconds(1), Duration.ofSeconds(2))))
                .isEqualTo(Duration.ofSeconds(24));
    }

    @Test
    void neitherHasteNorPatienceKnowsNoBounds() {
        assertThat(times.patience(pool(Duration.ofMillis(200)))).isEqualTo(FirstTokens.LEAST);
        assertThat(times.patience(pool(Duration.ofSeconds(39)))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void whatIsOldIsForgotten() {
        for (int request = 0; request < 400; request++) {
            times.saw("main", Duration.ofSeconds(request < 200 ? 19 : 4));
        }

        assertThat(times.patience(pool())).isEqualTo(Duration.ofSeconds(12));
    }

    private static PoolView pool(Duration... averages) {
        return new PoolView(
                EditedCatalog.pool("main", PoolTimes.DEFAULTS),
                List.of(averages).stream()
                        .map(average ->
                                new TargetView(EditedCatalog.target("main", "a"), Standing.GOOD, Optional.of(average)))
                        .toList());
    }
}
