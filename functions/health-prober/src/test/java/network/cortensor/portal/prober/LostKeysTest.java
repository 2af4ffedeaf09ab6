package network.cortensor.portal.prober;

import static network.cortensor.portal.prober.ProberFixture.failed;
import static network.cortensor.portal.prober.ProberFixture.served;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.ssm.SsmRouterKeys;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.testkit.ssm.SsmEmulator;
import network.cortensor.portal.testkit.ssm.SsmFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Ticks and operators' probes without the routers' keys: that is no target's fault, and over 5 s after the keys are back. */
class LostKeysTest {
    private final SsmEmulator store = SsmEmulator.start(0);
    private final SsmClient client = AwsClients.forRequests(
                    "us-east-1", StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .ssm(Optional.of(store.url()));
    private volatile Duration later = Duration.ZERO;
    private final ProberFixture fixture = new ProberFixture(
            new SsmRouterKeys(client, "test", () -> Instant.now().plus(later)));

    @AfterEach
    void close() {
        fixture.close();
        client.close();
        store.close();
    }

    /** What becomes of the keys of two routers. */
    record Lost(Consumer<SsmEmulator> how) {}

    static Stream<Arguments> losses() {
        return Stream.of(
                loss("nobody may read them", store -> store.fail(SsmFault.ACCESS_DENIED, "no")),
                loss("the store is throttled", store -> store.fail(SsmFault.THROTTLED, "slow")),
                loss("the store breaks", store -> store.fail(SsmFault.SERVER_ERROR, "broken")),
                loss("they were deleted", store -> {}),
                loss("they are empty", store -> {}, " "),
                loss("they cannot stand in a header", store -> {}, "two words"));
    }

    private static Arguments loss(String name, Consumer<SsmEmulator> how) {
        return loss(name, how, "");
    }

    private static Arguments loss(String name, Consumer<SsmEmulator> how, String value) {
        return Arguments.of(Named.of(name, new Lost(how)), value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void noTargetIsTheWorseForIt(Lost lost, String value) throws Exception {
        List<RouterSimulator> routers = List.of(fixture.router(1, 3), fixture.router(2));
        Target well = fixture.has("oss-20b", routers.getFirst(), 1);
        Target ejected = fixture.has("oss-20b", routers.getLast(), 2);
        fixture.knows(well, served());
        fixture.knows(fixture.has("oss-20b", routers.getFirst(), 3), served());
        fixture.knows(ejected, failed(), failed(), failed());
        Map<Target, TargetHealth> before = Map.of(well, fixture.health(well), ejected, fixture.health(ejected));
        if (!value.isEmpty()) {
            keys(routers, value);
        }
        lost.how().accept(store);

        Prober prober = fixture.prober(fixture.health, 50);
        for (int tick = 0; tick < 4; tick++) {
            assertThat(prober.tick(ProberFixture.LEFT)).isEqualTo(Prober.Outcome.FINISHED);
        }
        for (Target target : before.keySet()) {
            assertThat(prober.probe(target.id(), ProberFixture.LEFT))
                    .containsEntry("outcome", "skipped")
                    .containsEntry("why", "not_sent_no_credential");
            assertThat(fixture.health(target).failuresInRow())
                    .isEqualTo(before.get(target).failuresInRow());
            assertThat(fixture.health(target).rotation())
                    .isEqualTo(before.get(target).rotation());
            assertThat(fixture.slotTaken(target)).isFalse();
        }

        store.recover();
        keys(routers, "sesame");
        later = later.plusSeconds(5);
        prober.tick(ProberFixture.LEFT);

        assertThat(fixture.health(ejected).standing(Instant.now().plusSeconds(40)))
                .isEqualTo(Standing.GOOD);
        assertThat(prober.probe(well.id(), ProberFixture.LEFT)).containsEntry("outcome", "ok");
    }

    private void keys(List<RouterSimulator> routers, String value) {
        for (RouterSimulator router : routers) {
            store.put(SsmRouterKeys.parameter("test", SsmRouterKeys.router(router.url())), value);
        }
    }
}
