package network.cortensor.portal.prober;

import static network.cortensor.portal.prober.ProberFixture.served;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.PoolHealth;
import network.cortensor.portal.health.ProbePlan;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol.Cortensor;
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.model.Protocol.SessionForm;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.testkit.router.Quirk;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.testkit.router.SessionSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Deep probes find out what a target's server does to special tokens, where customers get more of a model for it. */
class SpecialTokensTest {
    private static final SessionSettings THINKS = ProberFixture.QUICK.withReasoningTokens(4);

    private final ProberFixture fixture = new ProberFixture();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0}, {1}, {2} thoughts, {3}: {4}")
    @CsvSource({
        "GEMMA4,       NATIVE,   4, NONE,           KEPT",
        "GEMMA4,       BUFFERED, 4, NONE,           KEPT",
        "GEMMA4,       NATIVE,   4, MARKS_STRIPPED, STRIPPED",
        "GEMMA4,       BUFFERED, 4, MARKS_STRIPPED, STRIPPED",
        "GEMMA4,       NATIVE,   0, NONE,           KEPT",
        "GEMMA4,       NATIVE,   0, MARKS_STRIPPED, UNKNOWN",
        "GEMMA4,       NATIVE, 900, NONE,           KEPT",
        "GEMMA4,       NATIVE, 900, MARKS_STRIPPED, STRIPPED",
        "GEMMA4_SMALL, NATIVE,   4, NONE,           KEPT",
        "GEMMA4_SMALL, NATIVE,   4, MARKS_STRIPPED, STRIPPED"
    })
    void aProbeSeesWhatBecomesOfThem(
            PromptFormat format, Streaming streaming, int thoughts, Quirk quirk, SpecialTokens seen) {
        RouterSimulator router = router(THINKS.withReasoningTokens(thoughts).withQuirk(quirk));
        fixture.has(ProberFixture.pool("gemma4", State.LIVE, streaming));
        Target target = gemma(format, router, SpecialTokens.UNKNOWN);

        fixture.tick();

        assertThat(fixture.deepProbes(target)).containsExactly("ok");
        assertThat(fixture.health(target).specialTokens()).isEqualTo(seen);
        assertThat(callsFunctions(target)).isEqualTo(seen == SpecialTokens.KEPT);
        assertThat(asked).singleElement().asString().contains("<|think|>");
    }

    @Test
    void aServerThatIsChangedIsSeenByTheNextProbe() {
        RouterSimulator router = router(THINKS.withQuirk(Quirk.MARKS_STRIPPED));
        Target target = gemma(PromptFormat.GEMMA4, router, SpecialTokens.UNKNOWN);
        Observation kept = new Observation.ProbePassed(Duration.ofSeconds(1), SpecialTokens.KEPT);
        Instant before = Instant.now().minus(ProbePlan.IDLE);
        fixture.health.write(target.id(), HealthFold.fold(TargetHealth.none(target.session()), kept, before));
        assertThat(callsFunctions(target)).isTrue();

        fixture.tick();

        assertThat(fixture.health(target).specialTokens()).isEqualTo(SpecialTokens.STRIPPED);
        assertThat(callsFunctions(target)).isFalse();
    }

    @Test
    void aTargetThatServesCustomersIsAskedToo() {
        Target target = gemma(PromptFormat.GEMMA4, router(THINKS), SpecialTokens.UNKNOWN);
        fixture.knows(target, served());

        fixture.tick();
        fixture.tick();

        assertThat(fixture.deepProbes(target)).containsExactly("ok");
        assertThat(callsFunctions(target)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"KEPT", "STRIPPED"})
    void whereAnItemSaysItNoProbeAsks(SpecialTokens said) {
        Target idle = gemma(PromptFormat.GEMMA4, router(THINKS), said);

        fixture.tick();

        assertThat(fixture.deepProbes(idle)).containsExactly("ok");
        assertThat(asked).singleElement().asString().doesNotContain("<|think|>");
        assertThat(callsFunctions(idle)).isEqualTo(said == SpecialTokens.KEPT);
    }

    @Test
    void aModelWhoseAnswersCanBeToldApartWithoutThemIsNotAskedToReason() {
        Target target = gemma(PromptFormat.GEMMA3, router(ProberFixture.QUICK), SpecialTokens.UNKNOWN);

        fixture.tick();

        assertThat(fixture.deepProbes(target)).containsExactly("ok");
        assertThat(asked).singleElement().asString().doesNotContain("think");
    }

    private RouterSimulator router(SessionSettings settings) {
        return fixture.router(
                settings,
                request -> {
                    if (request.method().equals("POST")) {
                        asked.add(request.body());
                    }
                },
                1,
                2);
    }

    /** Beside another of its pool, so that it is not the last free slot. */
    private Target gemma(PromptFormat format, RouterSimulator router, SpecialTokens said) {
        fixture.leads(format, "gemma4");
        fixture.knows(has(router, 2, SpecialTokens.KEPT), served());
        return has(router, 1, said);
    }

    private Target has(RouterSimulator router, long session, SpecialTokens said) {
        Cortensor protocol = new Cortensor(2, SessionForm.BODY, session, new RawText(false, said));
        return fixture.has(ProberFixture.target("gemma4", router.url(), protocol, State.LIVE));
    }

    /** As requests see the target. */
    private boolean callsFunctions(Target target) {
        PoolHealth health = new PoolHealth(fixture.health.pool("gemma4"), fixture.health.heartbeat());
        return Feature.SPECIAL_TOKENS.servedBy(
                TargetView.of(target, health, Instant.now()).target().protocol());
    }
}
