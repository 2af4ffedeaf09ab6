package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import network.cortensor.portal.api.error.ErrorRow;
import network.cortensor.portal.infra.environment.Environments;
import network.cortensor.portal.telemetry.JsonJournal;
import network.cortensor.portal.telemetry.Metric;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private static final String ALARM = "AWS::CloudWatch::Alarm";
    private static final String OURS = JsonJournal.namespace("prod");

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

    private static final Pattern SEARCH = Pattern.compile("SEARCH\\('\\{([^,}]+),\\w+} MetricName=\"(\\w+)\"'");
    private static final Pattern ANCHOR = Pattern.compile("README\\.md#(runbook-[a-z-]+)");

    private final Template prod = Synthesized.of(Environments.prod()).portal();

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
                        Metric.POOLS_ALL_EJECTED.cloudWatchName(),
                        Metric.SLOTS_SHARE.cloudWatchName(),
                        Metric.BAD_ITEMS.cloudWatchName(),
                        Metric.FIRST_TOKEN_TIME.cloudWatchName());
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
            assertThat(anchor(alarm)).matches("runbook-[a-z-]+");
        });
    }

    @Test
    void theRunbookHasAChapterForEveryAlarmAndNoOther() {
        Set<String> chapters = Project.text(Project.ROOT.resolve("README.md"))
                .lines()
                .filter(line -> line.matches("#+ Runbook: .*"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> alarms =
                prod.properties(ALARM).stream().map(AlarmsTest::anchor).collect(Collectors.toCollection(TreeSet::new));

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

    @Test
    void anAlarmCountsEveryErrorThatIsNotTheCustomersNorALackOfSessions() {
        Pattern code = Pattern.compile("\"Dimensions\":\\[\\{\"Name\":\"code\",\"Value\":\"(\\w+)\"");
        Set<ErrorRow> told = EnumSet.of(ErrorRow.MODEL_UNAVAILABLE, ErrorRow.MODEL_OVERLOADED);

        assertThat(code.matcher(prod.one(ALARM, "AlarmsFailedAnswers").toString())
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ErrorRow.values())
                        .filter(row -> row.status() >= 500 && !told.contains(row))
                        .map(ErrorRow::word)
                        .toList());
    }

    private static Set<String> emitted(String namespace) {
        if (namespace.equals(OURS)) {
            return Arrays.stream(Metric.values()).map(Metric::cloudWatchName).collect(Collectors.toSet());
        }
        return AWS.getOrDefault(namespace, Set.of());
    }

    private static void addMetrics(JsonNode alarm, Map<String, Set<String>> into) {
        if (alarm.has("MetricName")) {
            into.computeIfAbsent(alarm.path("Namespace").asText(), absent -> new TreeSet<>())
                    .add(alarm.path("MetricName").asText());
        }
        for (JsonNode part : alarm.path("Metrics")) {
            JsonNode metric = part.at("/MetricStat/Metric");
            if (!metric.isMissingNode()) {
                into.computeIfAbsent(metric.path("Namespace").asText(), absent -> new TreeSet<>())
                        .add(metric.path("MetricName").asText());
            }
        }
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
