package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.api.error.ErrorRow;
import network.cortensor.portal.api.error.FaultCount;
import network.cortensor.portal.api.error.Responsibility;
import network.cortensor.portal.infra.environment.Environments;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What stops a release, computed from the alarms' own formulas over simulated minutes of requests, whose metrics are those of the function's own lines. */
class ReleaseTest {
    private static final String ALARM = "AWS::CloudWatch::Alarm";
    private static final int HOUR = 60;

    /** A line of a log becomes a metric, and a metric a state, some time after it was written. */
    private static final int LATE_MINUTES = 3;

    /** In which a canary must be found out. */
    private static final int CANARY_MINUTES = 10;

    private static final double CANARY_SHARE = 0.1;

    private static final Candidate PROD =
            new Candidate(Synthesized.of(Environments.prod()).portal(), "ReleaseGroup", "InferenceLive");

    /** Every function of every kind of deployment that has canaries. */
    private static final List<Candidate> CANDIDATES = List.of(
            PROD,
            new Candidate(Synthesized.of(Environments.staging()).portal(), "ReleaseGroup", "InferenceLive"),
            new Candidate(Synthesized.of(Synthesized.managed()).portal(), "ReleaseGroup", "InferenceLive"),
            new Candidate(Synthesized.of(Synthesized.managed()).portal(), "ReleaseManaged", "InferenceManagedLive"));

    /** A function whose newest version comes in. */
    private record Candidate(SynthesizedTemplate template, String group, String alias) {
        private List<JsonNode> alarms() {
            Map<String, JsonNode> all = template.resources(ALARM);
            return template
                    .one("AWS::CodeDeploy::DeploymentGroup", group)
                    .at("/Properties/AlarmConfiguration/Alarms")
                    .findValuesAsText("Ref")
                    .stream()
                    .map(all::get)
                    .toList();
        }

        private JsonNode aliased(String property) {
            return template.one("AWS::Lambda::Alias", alias).path("Properties").path(property);
        }

        private String newest() {
            return Resolved.text(aliased("FunctionVersion"));
        }

        /** The metrics of a line that a version of the function writes, and of an invocation that wrote none. */
        private Map<Series, Double> metrics(String version, Minute minute) {
            String function = Resolved.text(aliased("FunctionName"));
            Emitter emitter = new Emitter(template.stack().replace("Portal-", ""), Emitter.version(function, version));
            Map<Series, Double> sums = new HashMap<>();
            minute.ends()
                    .forEach((end, times) -> Series.of(
                                    FaultCount.addTo(
                                            Line.of("request").dimension("alias", "any"), end.map(ErrorRow::fault)),
                                    emitter)
                            .forEach((series, value) -> sums.merge(series, times * value, Double::sum)));
            if (!minute.ends().isEmpty() || minute.crashes() > 0) {
                Map<String, String> ofLambda =
                        Map.of("FunctionName", function, "Resource", function + ":live", "ExecutedVersion", version);
                sums.put(new Series("AWS/Lambda", "Errors", ofLambda), (double) minute.crashes());
            }
            return sums;
        }

        /** @return the first minute, from 1, after which the release is stopped; 0 if none of an hour does */
        private int stoppedAfter(IntFunction<Map<Series, Double>> minutes) {
            List<AlarmWatch> watches = alarms().stream()
                    .map(alarm -> new AlarmWatch(alarm.path("Properties")))
                    .toList();
            return IntStream.rangeClosed(1, HOUR)
                    .filter(number -> {
                        Map<Series, Double> minute = minutes.apply(number);
                        // Each watch must see every minute, so no short circuit.
                        return watches.stream()
                                .map(watch -> watch.seesAlarm(series -> Optional.ofNullable(minute.get(series))))
                                .reduce(false, Boolean::logicalOr);
                    })
                    .findFirst()
                    .orElse(0);
        }

        private int newestStoppedAfter(IntFunction<Minute> minutes) {
            return stoppedAfter(number -> metrics(newest(), minutes.apply(number)));
        }
    }

    /**
     * The requests of one version in one minute.
     *
     * @param ends how many ended in which row of the table of errors; in none, where they were answered or their customers went away
     * @param crashes invocations that Lambda itself saw fail
     */
    record Minute(Map<Optional<ErrorRow>, Integer> ends, int crashes) {
        private static final Minute SILENT = new Minute(Map.of(), 0);

        private static Minute of(int answered, ErrorRow row, int failed) {
            return new Minute(Map.of(Optional.empty(), answered, Optional.of(row), failed), 0);
        }

        private static Minute failing(ErrorRow row, int requests) {
            return requests == 0 ? SILENT : new Minute(Map.of(Optional.of(row), requests), 0);
        }

        private static Minute answered(int requests) {
            return requests == 0 ? SILENT : new Minute(Map.of(Optional.empty(), requests), 0);
        }
    }

    @Test
    void aReleaseIsStoppedByItsOwnVersionsAlarmsAndByNoOthers() {
        for (Candidate candidate : CANDIDATES) {
            assertThat(candidate.alarms()).hasSize(2).allSatisfy(alarm -> {
                assertThat(Resolved.text(alarm.at("/Properties/AlarmName")))
                        .startsWith("portal-" + candidate.template().stack().replace("Portal-", "") + "-NewVersion-")
                        .endsWith("-" + candidate.newest());
                assertThat(alarm.path("Properties").findValues("Dimensions"))
                        .isNotEmpty()
                        .allMatch(dimensions -> dimensions.toString().contains(candidate.newest()));
                assertThat(alarm.at("/Properties/Period").asInt(60)).isEqualTo(60);
            });
        }
    }

    @ParameterizedTest(name = "{0} of all requests")
    @EnumSource(value = ErrorRow.class, mode = EnumSource.Mode.MATCH_ANY, names = "UPSTREAM_.*")
    void routersThatAreAllDownStopNoRelease(ErrorRow row) {
        for (Candidate candidate : CANDIDATES) {
            for (int requests : List.of(1, 6, 300, 3_000)) {
                assertThat(candidate.newestStoppedAfter(_ -> Minute.failing(row, requests)))
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ErrorRow.class)
    void onlyAFailureOfOurOwnMakingStopsARelease(ErrorRow row) {
        for (Candidate candidate : CANDIDATES) {
            assertThat(candidate.newestStoppedAfter(_ -> Minute.failing(row, 60)) > 0)
                    .isEqualTo(row.fault() == Responsibility.OURS);
        }
    }

    @Test
    void whatTheVersionBeforeDoesStopsNoReleaseOfItsCure() {
        Minute bad = new Minute(Map.of(Optional.of(ErrorRow.SERVER_ERROR), 540), 540);
        for (Candidate candidate : CANDIDATES) {
            assertThat(candidate.stoppedAfter(_ -> {
                        Map<Series, Double> both = candidate.metrics("the version before", bad);
                        candidate
                                .metrics(candidate.newest(), Minute.answered(60))
                                .forEach((series, value) -> both.merge(series, value, Double::sum));
                        return both;
                    }))
                    .isZero();
        }
    }

    /** Two functions of a deployment count their versions apart, and both may be at version 7. */
    @Test
    void whatTheOtherFunctionDoesStopsNoRelease() {
        Candidate onDemand = CANDIDATES.get(2);
        Candidate managed = CANDIDATES.get(3);
        Minute bad = new Minute(Map.of(Optional.of(ErrorRow.SERVER_ERROR), 60), 60);

        assertThat(managed.stoppedAfter(_ -> onDemand.metrics(managed.newest(), bad)))
                .isZero();
        assertThat(onDemand.stoppedAfter(_ -> managed.metrics(onDemand.newest(), bad)))
                .isZero();
    }

    static Stream<Arguments> aReleaseIsStoppedInTheMinuteInWhichTwoOfFiveAreBeyondTheLimit() {
        ErrorRow ours = ErrorRow.SERVICE_UNAVAILABLE;
        return Stream.of(
                minutes("nobody calls", _ -> Minute.SILENT, 0),
                minutes("all is answered", _ -> Minute.answered(6), 0),
                minutes("the only request of each minute fails", _ -> Minute.failing(ours, 1), 2),
                minutes("one request of an hour fails", at(ours, 30), 0),
                minutes(
                        "one minute of trouble between answers",
                        number -> number == 7 ? new Minute(Map.of(Optional.of(ours), 6), 1) : Minute.answered(1),
                        0),
                minutes("two failures, five minutes apart, and nothing else", at(ours, 1, 6), 0),
                minutes("two failures, four minutes apart, and nothing else", at(ours, 1, 5), 5),
                minutes("a failure every third minute", number -> Minute.failing(ours, number % 3 == 1 ? 1 : 0), 4),
                minutes("2 of 100 fail", _ -> Minute.of(98, ours, 2), 0),
                minutes("3 of 100 fail", _ -> Minute.of(97, ours, 3), 2),
                minutes(
                        "routers fail most, and 1 of 100 is ours",
                        _ -> new Minute(Map.of(Optional.of(ErrorRow.UPSTREAM_ERROR), 99, Optional.of(ours), 1), 0),
                        0),
                minutes(
                        "routers fail most, and 5 of 100 are ours",
                        _ -> new Minute(Map.of(Optional.of(ErrorRow.UPSTREAM_TIMEOUT), 95, Optional.of(ours), 5), 0),
                        2),
                minutes("customers err, and nothing else", _ -> Minute.failing(ErrorRow.INVALID_REQUEST, 60), 0),
                minutes(
                        "sound for half an hour, then bad",
                        number -> number <= 30 ? Minute.answered(60) : Minute.failing(ours, 60),
                        32),
                minutes("it dies without a line", _ -> new Minute(Map.of(), 1), 2),
                minutes(
                        "it dies once in six minutes",
                        number -> new Minute(Map.of(Optional.empty(), 6), number % 6 == 0 ? 1 : 0),
                        0));
    }

    @ParameterizedTest
    @MethodSource
    void aReleaseIsStoppedInTheMinuteInWhichTwoOfFiveAreBeyondTheLimit(IntFunction<Minute> minutes, int stopped) {
        for (Candidate candidate : CANDIDATES) {
            assertThat(candidate.newestStoppedAfter(minutes)).isEqualTo(stopped);
        }
    }

    /** Such as a version from before the metric was there. No value is no failure, and not the state of an alarm either. */
    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            names = {"REQUESTS", "OWN_FAILURES"})
    void aVersionOfWhichOneMetricIsMissingIsNotStopped(Metric missing) {
        for (Candidate candidate : CANDIDATES) {
            Map<Series, Double> metrics =
                    candidate.metrics(candidate.newest(), Minute.failing(ErrorRow.SERVER_ERROR, 60));
            metrics.keySet().removeIf(series -> series.name().equals(missing.cloudWatchName()));

            assertThat(metrics).isNotEmpty();
            assertThat(candidate.stoppedAfter(_ -> metrics)).isZero();
        }
    }

    static Stream<ErrorRow> aVersionThatFailsEveryRequestIsStoppedWithinItsCanaryAtOneRequestASecond() {
        return EnumSet.allOf(ErrorRow.class).stream().filter(row -> row.fault() == Responsibility.OURS);
    }

    @ParameterizedTest
    @MethodSource
    void aVersionThatFailsEveryRequestIsStoppedWithinItsCanaryAtOneRequestASecond(ErrorRow row) {
        for (long seed = 0; seed < 200; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

            int minute = PROD.newestStoppedAfter(_ -> Minute.failing(row, canary(random, 60)));

            assertThat(minute).as("seed " + seed).isBetween(1, CANARY_MINUTES - LATE_MINUTES);
        }
    }

    @Test
    void aVersionThatFailsOneRequestInFourIsStoppedToo() {
        for (long seed = 0; seed < 200; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

            int minute = PROD.newestStoppedAfter(_ -> someOf(random, canary(random, 60), 0.25));

            assertThat(minute).as("seed " + seed).isBetween(1, CANARY_MINUTES);
        }
    }

    /** How many of a minute's requests CodeDeploy's weights lead to the new version. */
    private static int canary(RandomGenerator random, int requests) {
        return (int) IntStream.range(0, requests)
                .filter(_ -> random.nextDouble() < CANARY_SHARE)
                .count();
    }

    private static Minute someOf(RandomGenerator random, int requests, double failing) {
        Map<Optional<ErrorRow>, Integer> ends = IntStream.range(0, requests)
                .mapToObj(_ ->
                        random.nextDouble() < failing ? Optional.of(ErrorRow.SERVER_ERROR) : Optional.<ErrorRow>empty())
                .collect(Collectors.toMap(Function.identity(), _ -> 1, Integer::sum));
        return new Minute(ends, 0);
    }

    private static IntFunction<Minute> at(ErrorRow row, Integer... numbers) {
        return number -> Minute.failing(row, List.of(numbers).contains(number) ? 1 : 0);
    }

    private static Arguments minutes(String name, IntFunction<Minute> minutes, int stopped) {
        return argumentSet(name, minutes, stopped);
    }
}
