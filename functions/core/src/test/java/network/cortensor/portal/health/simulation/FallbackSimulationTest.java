package network.cortensor.portal.health.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The goals of failover, held by the fleet's simulation: a pool that is struck as a whole, or by half, with a healthy fallback pool behind it. Its report is kept
 * beside the fleet's; {@code -Dportal.rewrite=true} writes it anew.
 */
class FallbackSimulationTest {
    private static final Path REPORT = Path.of("src", "test", "resources", "fallback-report.md");
    private static final long SEED = 20261129;
    private static final int LOAD = 2;

    private static Map<Scenario, FallbackTally> tallies = Map.of();

    @BeforeAll
    static void runAll() {
        Map<Scenario, FallbackTally> all = new LinkedHashMap<>();
        FallbackScenarios.ALL.forEach(scenario -> all.put(scenario, World.withFallback(scenario, LOAD, SEED)));
        tallies = all;
    }

    static Stream<Map.Entry<Scenario, FallbackTally>> all() {
        return tallies.entrySet().stream();
    }

    static Stream<Map.Entry<Scenario, FallbackTally>> dead() {
        return all().filter(each -> !each.getKey().equals(FallbackScenarios.SILENT)
                && !each.getKey().equals(FallbackScenarios.HALF_SILENT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void withAHealthyFallbackRequestsAreAnswered(Map.Entry<Scenario, FallbackTally> each) {
        assertThat(each.getValue().requests()).isGreaterThan(100);
        assertThat(each.getValue().answered()).isGreaterThanOrEqualTo(0.999);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dead")
    void aDeadPoolAddsAtMostASecondAfterItsFirstMinute(Map.Entry<Scenario, FallbackTally> each) {
        assertThat(each.getValue().mostAddedLater()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void aPoolThatIsWellAgainAnswersAgain(Map.Entry<Scenario, FallbackTally> each) {
        assertThat(each.getValue().returns()).isEqualTo(each.getKey().troubles().size());
        assertThat(each.getValue().longestReturn()).isLessThanOrEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void theReportSaysWhatAFallbackDoesNow() throws IOException {
        String report = """
                # What a fallback pool is worth

                The fleet of [the fleet report](fleet-report.md) under twice its load, with the pool *idle* as the fallback pool of *busy*, which is struck. The requests are those that
                came while it was. *Added* is the time from a request's receipt to the beginning of its last attempt, at most: what failed attempts and waiting cost it. *Return* is from the end of
                the trouble to the first request that the pool itself answered, at most. The goals: 99.9 % answered; a dead pool adds at most 1 s after its first minute. A silent one
                costs a first-token time for each attempt until health has taken it out; the simulation's workers do not remember who was silent just now, as production's do.

                | scenario | requests | answered | by the fallback | added in the first minute | added later | return |
                |---|---:|---:|---:|---:|---:|---:|
                """
                + tallies.entrySet().stream()
                        .map(each -> row(each.getKey(), each.getValue()))
                        .collect(Collectors.joining());
        if (Boolean.getBoolean("portal.rewrite")) {
            Files.writeString(REPORT, report);
        }

        assertThat(report)
                .as("%s is out of date: run this test with -Dportal.rewrite=true and read what changed", REPORT)
                .isEqualTo(Files.readString(REPORT));
    }

    private static String row(Scenario scenario, FallbackTally tally) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.2f %% | %.0f %% | %.2f s | %.2f s | %d s |%n",
                scenario,
                tally.requests(),
                100 * tally.answered(),
                100 * tally.byTheFallback(),
                tally.mostAddedAtFirst().toMillis() / 1_000.0,
                tally.mostAddedLater().toMillis() / 1_000.0,
                tally.longestReturn().toSeconds());
    }
}
