package network.cortensor.portal.health;

import static network.cortensor.portal.health.HealthExample.FAILED;
import static network.cortensor.portal.health.HealthExample.NOON;
import static network.cortensor.portal.health.HealthExample.SERVED;
import static network.cortensor.portal.health.HealthExample.TARGET;
import static network.cortensor.portal.health.HealthExample.after;
import static network.cortensor.portal.health.HealthExample.noonPlusSeconds;
import static network.cortensor.portal.health.HealthExample.nothingKnown;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolHealthTest {
    private static final TargetHealth GOOD = after(nothingKnown(), NOON, SERVED);
    private static final TargetHealth EJECTED = after(nothingKnown(), NOON, FAILED, FAILED, FAILED);

    @Test
    void aLivingProberMakesEvidenceCount() {
        assertThat(with(GOOD).standing(TARGET, NOON)).isEqualTo(Standing.GOOD);
        assertThat(with(EJECTED).standing(TARGET, NOON)).isEqualTo(Standing.EJECTED);
    }

    @Test
    void withoutAHeartbeatForFiveMinutesEverythingIsUnknown() {
        assertThat(with(EJECTED).standing(TARGET, noonPlusSeconds(299))).isEqualTo(Standing.EJECTED);
        assertThat(with(EJECTED).standing(TARGET, noonPlusSeconds(300))).isEqualTo(Standing.UNKNOWN);
        assertThat(with(GOOD).standing(TARGET, noonPlusSeconds(300))).isEqualTo(Standing.UNKNOWN);
        assertThat(with(GOOD).stale(noonPlusSeconds(300))).isTrue();
    }

    @Test
    void withoutAnyHeartbeatEverythingIsUnknown() {
        PoolHealth health = new PoolHealth(Map.of(TARGET.id().name(), GOOD), Optional.empty());

        assertThat(health.standing(TARGET, NOON)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void aTargetWithoutEvidenceIsUnknown() {
        assertThat(new PoolHealth(Map.of(), Optional.of(NOON)).standing(TARGET, NOON))
                .isEqualTo(Standing.UNKNOWN);
        assertThat(PoolHealth.UNKNOWN.firstToken(TARGET)).isEmpty();
    }

    @Test
    void evidenceAboutAnotherSessionDoesNotCount() {
        TargetHealth other = TargetHealth.none(HealthExample.target(7, "r7").session());

        assertThat(with(after(other, NOON, FAILED, FAILED, FAILED)).standing(TARGET, NOON))
                .isEqualTo(Standing.UNKNOWN);
        assertThat(with(after(other, NOON, SERVED)).firstToken(TARGET)).isEmpty();
    }

    @Test
    void theFirstTokensTimeIsKnownFromEvidence() {
        assertThat(with(GOOD).firstToken(TARGET)).contains(Duration.ofSeconds(10));
    }

    private static PoolHealth with(TargetHealth health) {
        return new PoolHealth(Map.of(TARGET.id().name(), health), Optional.of(NOON));
    }
}
