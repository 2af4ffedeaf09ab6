package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import network.cortensor.portal.infra.environment.Environments;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private static final String ALARM = "AWS::CloudWatch::Alarm";
    private static final String OURS = Emitter.namespace("prod");

    /** What AWS emits itself, as its documentation spells it. */
    private static final Map<String, Set<String>> AWS = Map.of(
            "AWS/ApiGateway", Set.of("Count", "5XXError"),
            "AWS/Lambda", Set.of("Errors", "Throttles", "IteratorAge", "Duration", "UrlRequestCount", "Url5xxCount"),
            "AWS/DynamoDB",
                    Set.of(
                            "ReadThrottleEvents",
                            "WriteThrottleEvents",
                            "ConsumedReadCapacityUnits",
                            "ConsumedWriteCapacityUnits"),
            "AWS/SQS", Set.of("ApproximateNumberOfMessagesVisible"),
            "AWS/Logs", Set.of("IncomingBytes"));

    /** Metrics that are emitted together, if only as 0: by one line of ours, or by AWS for each request to a front. */
    private static final List<Map<String, Set<String>>> TOGETHER = List.of(
            Map.of(OURS, Set.of("Requests", "OwnFailures")),
            Map.of(OURS, Set.of("Requests", "OwnFailures", "RouterFailures")),
            Map.of("AWS/ApiGateway", Set.of("Count", "5XXError")),
            Map.of("AWS/Lambda", Set.of("UrlRequestCount", "Url5xxCount")),
            Map.of("AWS/Lambda", Set.of("Duration")));

    private static final Pattern SEARCH = Pattern.compile("SEARCH\\('\\{([^,}]+),\\w+} MetricName=\"(\\w+)\"'");
    private static final Pattern ANCHOR = Pattern.compile("infra-cdk/RUNBOOK\\.md#([a-z-]+)");

    private final SynthesizedTemplate prod = Synthesized.of(Environments.prod()).portal();

    @Test
    void everyAlarmWatchesMetricsThatSomebodyEmits() {
        Map<String, Set<String>> watched = new TreeMap<>();
        prod.properties(ALARM).forEach(alarm -> addMetrics(alarm, watched));

        assertThat(watched)
                .isNotEmpty()
                .allSatisfy((namespace, names) ->
                        assertThat(emitted(namespace)).as(namespace).containsAll(names));
        assertThat(watched.get(OURS))
                .contains(
                        Metric.TICKS.cloudWatchName(),
                        Metric.FROZEN_TICKS.cloudWatchName(),
                        Metric.FOREIGN_SESSIONS.cloudWatchName(),
                        Metric.POOLS_ALL_EJECTED.cloudWatchName(),
                        Metric.SLOTS_SHARE.cloudWatchName(),
                        Metric.BAD_ITEMS.cloudWatchName(),
                        Metric.FIRST_TOKEN_TIME.cloudWatchName());
    }

    /** With its dimensions: a metric that is kept by one key more is another series, and an alarm on it would never see a value. */
    @Test
    void everyAlarmOnAMetricOfOursReadsASeriesThatALineBecomes() {
        for (Synthesized made : List.of(Synthesized.of(Environments.prod()), Synthesized.of(Synthesized.managed()))) {
            Set<Series> become = made.portal().properties("AWS::Lambda::Alias").stream()
                    .flatMap(alias -> becomeOf(alias, made.portal().stack().replace("Portal-", "")))
                    .collect(Collectors.toSet());
            List<Series> read = made.portal().properties(ALARM).stream()
                    .flatMap(AlarmsTest::reads)
                    .filter(series -> series.namespace().startsWith("CortensorPortal/"))
                    .toList();

            assertThat(read).hasSizeGreaterThan(10).isSubsetOf(become);
        }
    }

    /** All that the version behind an alias could emit. */
    private static Stream<Series> becomeOf(JsonNode alias, String environment) {
        String version = Emitter.version(
                Resolved.text(alias.path("FunctionName")), Resolved.text(alias.path("FunctionVersion")));
        Line line = Line.of("any").dimension("pool", "any");
        Arrays.stream(Metric.values()).forEach(metric -> line.metric(metric, 1));
        return Series.of(line, new Emitter(environment, version)).keySet().stream();
    }

    private static Stream<Series> reads(JsonNode alarm) {
        return alarm.has("MetricName")
                ? Stream.of(Series.of(alarm))
                : StreamSupport.stream(alarm.path("Metrics").spliterator(), false)
                        .map(part -> part.at("/MetricStat/Metric"))
                        .filter(metric -> !metric.isMissingNode())
                        .map(Series::of);
    }

    @Test
    void everyGraphShowsMetricsThatSomebodyEmits() {
        String body = dashboard();
        List<MatchResult> searched = SEARCH.matcher(body).results().toList();

        assertThat(searched).hasSizeGreaterThan(5).allSatisfy(search -> {
            assertThat(search.group(1)).isEqualTo(OURS);
            assertThat(emitted(OURS)).contains(search.group(2));
        });
        Pattern listed = Pattern.compile("\\[\"([A-Za-z]+/[A-Za-z]+)\",\"(\\w+)\"");
        List<MatchResult> named = listed.matcher(body).results().toList();
        assertThat(named)
                .hasSizeGreaterThan(20)
                .allSatisfy(metric -> assertThat(emitted(metric.group(1))).contains(metric.group(2)));
    }

    @Test
    void everyAlarmTellsThePeopleAndNamesItsChapterOfTheRunbook() {
        assertThat(prod.properties(ALARM)).allSatisfy(alarm -> {
            assertThat(alarm.at("/AlarmActions/0/Ref").asText()).startsWith("Topic");
            assertThat(alarm.at("/OKActions/0/Ref").asText()).startsWith("Topic");
            assertThat(alarm.path("AlarmDescription").asText()).startsWith("Portal prod: ");
            assertThat(anchor(alarm)).matches("[a-z-]+");
        });
    }

    @Test
    void theRunbookHasAChapterForEveryAlarmAndNoOther() {
        Set<String> chapters = Project.text(Project.ROOT.resolve("infra-cdk/RUNBOOK.md"))
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> alarms = Stream.of(
                        prod, Synthesized.of(Synthesized.managed()).portal())
                .flatMap(template -> template.properties(ALARM).stream())
                .map(AlarmsTest::anchor)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(chapters).isEqualTo(alarms);
    }

    @Test
    void silenceIsAnAlarmWhereItMustNotBeAndNowhereElse() {
        assertThat(prod.resources(ALARM))
                .allSatisfy((id, alarm) -> assertThat(
                                alarm.at("/Properties/TreatMissingData").asText())
                        .isEqualTo(id.startsWith("AlarmsNoTick") ? "breaching" : "notBreaching"));
    }

    @Test
    void alarmsReachTheTopicAlthoughItHasAPolicyOfItsOwn() {
        assertThat(prod.one("AWS::SNS::TopicPolicy", "Topic").toString()).contains("cloudwatch.amazonaws.com");
        assertThat(Synthesized.of(Synthesized.everything())
                        .portal()
                        .one("AWS::SNS::Subscription", "Topic")
                        .at("/Properties/Endpoint"))
                .hasToString("\"ops@example.net\"");
    }

    /** A formula with a metric that was never emitted may give nothing for ever, whatever it is filled with. */
    @Test
    void noFormulaLeansOnAMetricThatMayNeverHaveBeenEmitted() {
        assertThat(prod.properties(ALARM)).allSatisfy(alarm -> {
            List<String> formulas = alarm.path("Metrics").findValuesAsText("Expression");
            assertThat(formulas).noneMatch(formula -> formula.contains("FILL"));
            if (!formulas.isEmpty()) {
                Map<String, Set<String>> used = new TreeMap<>();
                addMetrics(alarm, used);
                assertThat(TOGETHER).as(formulas.getFirst()).anyMatch(together -> together.equals(used));
            }
        });
    }

    @Test
    void everyTableThatRequestsNeedHasItsOwnAlarmsOnThrottling() {
        assertThat(prod.resources(ALARM).keySet().stream()
                        .filter(id -> id.startsWith("AlarmsTableThrottled"))
                        .map(id -> id.replaceFirst("AlarmsTableThrottled", "").replaceFirst("[0-9A-F]{8}$", "")))
                .containsExactlyInAnyOrder(
                        "ReadModels",
                        "ReadPools",
                        "ReadTargets",
                        "ReadTargetHealth",
                        "ReadSessionSlots",
                        "ReadApiKeys",
                        "ReadUsage",
                        "WriteTargetHealth",
                        "WriteSessionSlots",
                        "WriteUsage");
    }

    @Test
    void anAlarmCountsEveryErrorThatIsNotTheCustomersNorALackOfSessions() {
        AlarmWatch watch = new AlarmWatch(prod.one(ALARM, "AlarmsFailedAnswers").path("Properties"));
        Function<Series, Optional<Double>> halfOfEach = series -> Optional.of(
                switch (series.name()) {
                    case "Requests" -> 100.0;
                    case "OwnFailures", "RouterFailures" -> 3.0;
                    default -> throw new AssertionError(series);
                });

        assertThat(watch.seesAlarm(halfOfEach)).isFalse();
        assertThat(watch.seesAlarm(halfOfEach)).isTrue();
    }

    /** 1,769 MB for 20 dollars at $0.0000133334 per GB and second are 868,288 s, a little more than 241 requests at once for an hour. */
    @Test
    void spendingIsMeasuredInDollars() {
        AlarmWatch watch = new AlarmWatch(prod.one(ALARM, "AlarmsSpending").path("Properties"));

        assertThat(watch.seesAlarm(_ -> Optional.of(868_000_000.0))).isFalse();
        assertThat(watch.seesAlarm(_ -> Optional.of(868_500_000.0))).isTrue();
        assertThat(prod.one(ALARM, "AlarmsSpending").at("/Properties/Metrics").findValuesAsText("Period"))
                .containsOnly("3600");
    }

    @Test
    void lessThanFiveFailuresAreNoShare() {
        for (String id : List.of("AlarmsFailedAnswers", "AlarmsFailedRequests", "AlarmsFailedRequestsStreaming")) {
            AlarmWatch watch = new AlarmWatch(prod.one(ALARM, id).path("Properties"));
            Function<Series, Optional<Double>> two = _ -> Optional.of(2.0);

            assertThat(watch.seesAlarm(two)).as(id).isFalse();
            assertThat(watch.seesAlarm(two)).as(id).isFalse();
        }
    }

    private static Set<String> emitted(String namespace) {
        if (namespace.equals(OURS)) {
            return Arrays.stream(Metric.values()).map(Metric::cloudWatchName).collect(Collectors.toSet());
        }
        return AWS.getOrDefault(namespace, Set.of());
    }

    private static void addMetrics(JsonNode alarm, Map<String, Set<String>> into) {
        reads(alarm)
                .forEach(series -> into.computeIfAbsent(series.namespace(), _ -> new TreeSet<>())
                        .add(series.name()));
    }

    private String dashboard() {
        StringBuilder body = new StringBuilder();
        prod.properties("AWS::CloudWatch::Dashboard")
                .getFirst()
                .path("DashboardBody")
                .path("Fn::Join")
                .path(1)
                .forEach(part -> body.append(part.isTextual() ? part.asText() : "REFERENCE"));
        return body.toString().replace("\\\"", "\"");
    }

    private static String anchor(JsonNode alarm) {
        return ANCHOR.matcher(alarm.path("AlarmDescription").asText())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }
}
