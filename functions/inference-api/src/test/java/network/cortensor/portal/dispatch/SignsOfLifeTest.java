package network.cortensor.portal.dispatch;

import static network.cortensor.portal.dispatch.AttemptScript.answers;
import static network.cortensor.portal.dispatch.AttemptScript.fails;
import static network.cortensor.portal.dispatch.AttemptScript.hangs;
import static network.cortensor.portal.dispatch.AttemptScript.says;
import static network.cortensor.portal.dispatch.AttemptScript.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.PoolTimes;
import org.junit.jupiter.api.Test;

/** When a customer who waits for a stream is shown that it lives. */
class SignsOfLifeTest {
    private final DispatcherRig rig = new DispatcherRig();

    @Test
    void nothingIsSentForThreeQuartersOfAMinute() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", fails(Duration.ofSeconds(44), new Failure.RouterError()));

        rig.dispatch();

        assertThat(rig.delivery.keepAlives()).isEmpty();
    }

    @Test
    void thenASignOfLifeIsSentEveryQuarterOfAMinuteUntilTheFirstToken() throws Exception {
        rig.catalog.targets("a");
        rig.router.on(
                "a",
                says(Duration.ofSeconds(100), text("Hel"))
                        .then(Duration.ofSeconds(140), text("lo"))
                        .then(Duration.ofSeconds(149), AttemptScript.END));

        rig.dispatch();

        assertThat(rig.delivery.keepAlives()).isEqualTo(seconds(45, 60, 75, 90));
    }

    @Test
    void itGoesOnAcrossAttempts() throws Exception {
        rig.catalog.targets("a", "b", "c");
        List.of("a", "b", "c").forEach(name -> rig.router.on(name, hangs()));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Unanswered.class);

        assertThat(rig.delivery.keepAlives()).isEqualTo(seconds(45, 60, 75, 90, 105, 120, 135, 150, 165));
        assertThat(rig.delivery.events()).isEmpty();
    }

    @Test
    void itBeginsAndGoesOnWhileTheRequestWaitsForASlot() throws Exception {
        rig.catalog.targets("a").with(EditedCatalog.pool("main", queueing(Duration.ofSeconds(80))));
        rig.occupy("a", Duration.ZERO);

        rig.dispatch();

        assertThat(rig.delivery.keepAlives()).isEqualTo(seconds(45, 60, 75));
    }

    @Test
    void aCustomerWhoAskedForNoStreamGetsNone() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", answers(Duration.ofSeconds(119), "Hello"));

        rig.wish(Job.Wish.WHOLE).dispatch();

        assertThat(rig.delivery.keepAlives()).isEmpty();
        assertThat(rig.delivery.text()).isEqualTo("Hello");
    }

    @Test
    void aSignThatASlowTableMadeOverdueIsSentAtOnce() throws Exception {
        rig.catalog.targets("a").with(EditedCatalog.pool("main", queueing(Duration.ofSeconds(60))));
        rig.occupy("a", Duration.ZERO);
        rig.through(new SlowTable(rig.rows, rig.time, Duration.ofMillis(2_700)));

        rig.dispatch();

        assertThat(rig.delivery.keepAlives()).isNotEmpty();
        assertThat(rig.delivery.keepAlives().getFirst()).isBetween(Duration.ofSeconds(45), Duration.ofMillis(49_200));
    }

    private static PoolTimes queueing(Duration queue) {
        PoolTimes usual = PoolTimes.DEFAULTS;
        return new PoolTimes(usual.firstToken(), usual.idle(), usual.attempt(), usual.total(), queue);
    }

    private static List<Duration> seconds(int... seconds) {
        return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }
}
