package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.api.error.ErrorRow;
import network.cortensor.portal.api.error.Responsibility;
import network.cortensor.portal.infra.environment.Environments;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What stops a release, computed from the alarms' own formulas over simulated minutes of requests. */
class ReleaseTest {
    private static final String ALARM = "AWS::CloudWatch::Alarm";
    private static final String OURS = Emitter.namespace("prod");

    /** A line of a log becomes a metric, and a metric a state, some time after it was written. */
    private static final int LATE_MINUTES = 3;

    /** In which a canary must be found out. */
    private static final int CANARY_MINUTES = 10;

    private static final double CANARY_SHARE = 0.1;

    private final SynthesizedTemplate prod = Synthesized.of(Environments.prod()).portal();

    /** How requests of one version end in one minute: an error of the table, or none. */
    private record Minute(String version, List<Optional<ErrorRow>> ends, int crashes) {
        private Optional<Double> metric(AlarmWatch.Series series) {
            boolean mine = series.version().map(version::equals).orElse(true);
            if (!mine || ends.isEmpty()) {
                return Optional.empty();
            }
            if (series.namespace().equals("AWS/Lambda")) {
                return Optional.of((double) crashes);
            }
            Map<String, Double> emitted = new HashMap<>();
            emitted.put(Metric.REQUESTS.cloudWatchName(), (double) ends.size());
            emitted.put(Metric.OWN_FAILURES.cloudWatchName(), count(Responsibility.OURS));
            emitted.put(Metric.ROUTER_FAILURES.cloudWatchName(), count(Responsibility.ROUTERS));
            return Optional.ofNullable(emitted.get(series.name()))
                    .filter(_ -> series.namespace().equals(OURS));
        }

        private double count(Responsibility fault) {
            return ends.stream()
                    .flatMap(Optional::stream)
                    .filter(row -> row.fault() == fault)
                    .count();
        }
    }

    private List<JsonNode> againstRelease() {
        Map<String, JsonNode> alarms = prod.resources(ALARM);
        return prod
                .one("AWS::CodeDeploy::DeploymentGroup", "Release")
                .at("/Properties/AlarmConfiguration/Alarms")
                .findValuesAsText("Ref")
                .stream()
                .map(alarms::get)
                .toList();
    }

    private String newest() {
        return prod.one("AWS::Lambda::Alias", "Inference")
                .at("/Properties/FunctionVersion/Fn::GetAtt/0")
                .asText();
    }

    /** @return the first minute, from 1, after which the release is stopped; 0 if none of an hour does */
    private int stoppedAfter(Function<Integer, Minute> minutes) {
        List<AlarmWatch> watches = againstRelease().stream()
                .map(alarm -> new AlarmWatch(alarm.path("Properties")))
                .toList();
        return IntStream.rangeClosed(1, 60)
                .filter(number -> {
                    Minute minute = minutes.apply(number);
                    // Each watch must see every minute, so no short circuit.
                    return watches.stream()
                            .map(watch -> watch.seesAlarm(minute::metric))
                            .reduce(false, Boolean::logicalOr);
                })
                .findFirst()
                .orElse(0);
    }

    private static List<Optional<ErrorRow>> each(int requests, ErrorRow row) {
        return IntStream.range(0, requests).mapToObj(_ -> Optional.of(row)).toList();
    }

    @Test
    void aReleaseIsStoppedByItsOwnVersionsAlarmsAndByNoOthers() {
        assertThat(againstRelease()).hasSize(2).allSatisfy(alarm -> {
            JsonNode name = alarm.at("/Properties/AlarmName");
            assertThat(name.toString()).contains("portal-prod-NewVersion").contains(newest());
            assertThat(alarm.path("Properties").findValues("Dimensions"))
                    .isNotEmpty()
                    .allMatch(dimensions -> dimensions.toString().contains(newest()));
            assertThat(alarm.at("/Properties/Period").asInt(60)).isEqualTo(60);
        });
    }

    @ParameterizedTest(name = "{0} of all requests")
    @EnumSource(value = ErrorRow.class, mode = EnumSource.Mode.MATCH_ANY, names = "UPSTREAM_.*")
    void routersThatAreAllDownStopNoRelease(ErrorRow row) {
        for (int requests : List.of(1, 6, 300, 3_000)) {
            assertThat(stoppedAfter(_ -> new Minute(newest(), each(requests, row), 0)))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(ErrorRow.class)
    void onlyAFailureOfOurOwnMakingStopsARelease(ErrorRow row) {
        assertThat(stoppedAfter(_ -> new Minute(newest(), each(60, row), 0)) > 0)
                .isEqualTo(row.fault() == Responsibility.OURS);
    }

    @Test
    void whatTheVersionBeforeDoesStopsNoReleaseOfItsCure() {
        assertThat(stoppedAfter(_ -> new Minute("the version before", each(600, ErrorRow.SERVER_ERROR), 600)))
                .isZero();
    }

    @Test
    void aVersionThatNobodyCallsIsNotStopped() {
        assertThat(stoppedAfter(_ -> new Minute(newest(), List.of(), 0))).isZero();
    }

    static Stream<ErrorRow> aVersionThatFailsEveryRequestIsStoppedWithinItsCanaryAtOneRequestASecond() {
        return Stream.of(ErrorRow.values()).filter(row -> row.fault() == Responsibility.OURS);
    }

    @ParameterizedTest
    @MethodSource
    void aVersionThatFailsEveryRequestIsStoppedWithinItsCanaryAtOneRequestASecond(ErrorRow row) {
        for (long seed = 0; seed < 200; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

            int minute = stoppedAfter(_ -> new Minute(newest(), each(canary(random, 60), row), 0));

            assertThat(minute).as("seed " + seed).isBetween(1, CANARY_MINUTES - LATE_MINUTES);
        }
    }

    @Test
    void aVersionThatFailsOneRequestInFourIsStoppedToo() {
        for (long seed = 0; seed < 200; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

            int minute = stoppedAfter(_ -> new Minute(newest(), someOf(random, canary(random, 60), 0.25), 0));

            assertThat(minute).as("seed " + seed).isBetween(1, CANARY_MINUTES);
        }
    }

    @Test
    void aVersionThatDiesWithoutALineIsStopped() {
        assertThat(stoppedAfter(_ -> new Minute(newest(), List.of(Optional.empty()), 1)))
                .isEqualTo(2);
    }

    @Test
    void oneMomentOfTroubleStopsNothing() {
        Minute sound = new Minute(newest(), List.of(Optional.empty()), 0);
        Minute trouble = new Minute(newest(), each(6, ErrorRow.SERVICE_UNAVAILABLE), 1);

        assertThat(stoppedAfter(number -> number == 7 ? trouble : sound)).isZero();
    }

    /** How many of a minute's requests CodeDeploy's weights lead to the new version. */
    private static int canary(RandomGenerator random, int requests) {
        return (int) IntStream.range(0, requests)
                .filter(_ -> random.nextDouble() < CANARY_SHARE)
                .count();
    }

    private static List<Optional<ErrorRow>> someOf(RandomGenerator random, int requests, double failing) {
        return IntStream.range(0, requests)
                .mapToObj(_ ->
                        random.nextDouble() < failing ? Optional.of(ErrorRow.SERVER_ERROR) : Optional.<ErrorRow>empty())
                .toList();
    }
}
