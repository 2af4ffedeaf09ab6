package network.cortensor.portal.health.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fleet's goals, held by a simulation in virtual time. Its report is kept beside the test resources, so that a change of a rule shows
 * what it does to everything else; {@code -Dportal.rewrite=true} writes it anew.
 */
class FleetSimulationTest {
    private static final Path REPORT = Path.of("src", "test", "resources", "fleet-report.md");
    private static final long SEED = 20261123;

    private static final List<Scenario> BY_CHANCE =
            List.of(Scenarios.HANGS_AS_RECORDED, Scenarios.HANGS_ALWAYS, Scenarios.SLOW);

    private static Map<Scenario, ScenarioTally> tallies = Map.of();

    @BeforeAll
    static void runAll() {
        Map<Scenario, ScenarioTally> all = new LinkedHashMap<>();
        Scenarios.ALL.forEach(scenario -> all.put(scenario, World.run(scenario, SEED)));
        tallies = Collections.unmodifiableMap(all);
    }

    static Stream<Scenario> whereRetriesCanHelp() {
        return Scenarios.ALL.stream()
                .filter(scenario ->
                        !Set.of(Scenarios.HANGS_ALWAYS, Scenarios.LOST_STORE).contains(scenario));
    }

    static Stream<Scenario> whereTargetsWorkOrDoNot() {
        return Scenarios.ALL.stream().filter(scenario -> !BY_CHANCE.contains(scenario));
    }

    static Stream<Scenario> whereEvidenceIsWritten() {
        return Scenarios.ALL.stream().filter(scenario -> !scenario.equals(Scenarios.THROTTLED));
    }

    static Stream<Scenario> deathsThatLivenessShows() {
        return Stream.of(Scenarios.ROUTER_DIES, Scenarios.FLAPS);
    }

    /** Not where a target stays out for longer on purpose, or nobody looks. */
    static Stream<Scenario> returns() {
        return Stream.of(
                Scenarios.ROUTER_DIES,
                Scenarios.HALF_DIES,
                Scenarios.MOST_DIE,
                Scenarios.ALL_DIE,
                Scenarios.MUTE,
                Scenarios.THROTTLED);
    }

    @Test
    void theReportSaysWhatTheFleetDoesNow() throws IOException {
        String report = FleetReport.of(tallies);
        if (Boolean.getBoolean("portal.rewrite")) {
            Files.writeString(REPORT, report);
        }

        assertThat(report)
                .as("%s is out of date: run this test with -Dportal.rewrite=true and read what changed", REPORT)
                .isEqualTo(Files.readString(REPORT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whereRetriesCanHelp")
    void requestsAreAnsweredWhileHalfOfTheirPoolWorks(Scenario scenario) {
        assertThat(tally(scenario).answeredWhileHalfWorked()).isGreaterThanOrEqualTo(0.999);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whereTargetsWorkOrDoNot")
    void noTargetThatWorksIsEjected(Scenario scenario) {
        assertThat(tally(scenario).wrongEjections()).isZero();
    }

    /** Nobody's fault is a target's. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("nobodysFault")
    void whatIsNoTargetsFaultEjectsNone(Scenario scenario) {
        assertThat(tally(scenario).ejections()).isZero();
    }

    static Stream<Scenario> nobodysFault() {
        return Stream.of(
                Scenarios.HALF_NETWORK, Scenarios.BUSY_SERVERS, Scenarios.LOST_STORE, Scenarios.STEADY_AND_LONG);
    }

    @Test
    void aLostStoreCostsNothingBeyondItsTime() {
        assertThat(tally(Scenarios.LOST_STORE).answered()).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void aBlindProberEjectsNothing() {
        assertThat(tally(Scenarios.PROBER_BLIND).ejections()).isZero();
        assertThat(tally(Scenarios.PROBER_BLIND).frozenTicks()).isEqualTo(120);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deathsThatLivenessShows")
    void probesAloneTakeADeadTargetOutWithinFourMinutes(Scenario scenario) {
        assertThat(tally(scenario).toEjectByProbes())
                .isNotEmpty()
                .allSatisfy(time -> assertThat(time).isLessThanOrEqualTo(Duration.ofMinutes(4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whereEvidenceIsWritten")
    void customersMeetADeadTargetAtMostThreeTimes(Scenario scenario) {
        assertThat(tally(scenario).mostFailedAttempts()).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("returns")
    void aTargetThatWorksAgainIsBackWithinThreeMinutes(Scenario scenario) {
        assertThat(tally(scenario).toReturn())
                .isNotEmpty()
                .allSatisfy(time -> assertThat(time).isLessThanOrEqualTo(Duration.ofMinutes(3)));
    }

    @Test
    void anIdleTargetThatWorksGetsTwoDeepProbesAnHour() {
        assertThat(tally(Scenarios.ALL_WELL).mostProbesOfAWorkingIdleTargetInAnHour())
                .isEqualTo(2);
        assertThat(tally(Scenarios.PROBER_BLIND).mostProbesOfAWorkingIdleTargetInAnHour())
                .isEqualTo(2);
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        assertThat(FleetReport.of(Map.of(Scenarios.FLAPS, World.run(Scenarios.FLAPS, SEED))))
                .isEqualTo(FleetReport.of(Map.of(Scenarios.FLAPS, tally(Scenarios.FLAPS))));
    }

    private static ScenarioTally tally(Scenario scenario) {
        ScenarioTally tally = tallies.get(scenario);
        if (tally == null) {
            throw new IllegalArgumentException("not run: " + scenario);
        }
        return tally;
    }
}
