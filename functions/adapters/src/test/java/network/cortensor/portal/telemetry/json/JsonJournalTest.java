package network.cortensor.portal.telemetry.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import org.junit.jupiter.api.Test;

class JsonJournalTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Journal journal = new JsonJournal(
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            () -> Instant.ofEpochMilli(1_795_435_200_000L),
            new Emitter("dev", "7"));

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineWithoutMetricsIsItsKeys() {
        journal.write(Line.of("tick")
                .with("word", "a\nb")
                .with("none", Optional.empty())
                .with("took_ms", Duration.ofSeconds(2)));

        assertThat(written()).isEqualTo("""
            {"event":"tick","time":1795435200000,"word":"a\\nb","took_ms":2000}
            """);
    }

    @Test
    void aLineOfWhichNothingIsKeptByVersionNamesNone() {
        journal.write(Line.of("attempt").metric(Metric.ATTEMPTS, 1));

        assertThat(written()).doesNotContain("version");
    }

    @Test
    void metricsAreKeptInTotalByAllDimensionsAndApart() {
        journal.write(Line.of("request")
                .dimension("alias", "m")
                .metric(Metric.REQUESTS, 1)
                .metric(Metric.ERRORS, 1)
                .apart(Metric.ERRORS, "code", "server_error"));

        assertThat(written()).isEqualTo("""
            {"event":"request","time":1795435200000,"alias":"m","code":"server_error","Requests":1.0,"Errors":1.0,"version":"7",\
            "_aws":{"Timestamp":1795435200000,"CloudWatchMetrics":[\
            {"Namespace":"CortensorPortal/dev","Dimensions":[[],["alias"]],"Metrics":[{"Name":"Requests","Unit":"Count"},{"Name":"Errors","Unit":"Count"}]},\
            {"Namespace":"CortensorPortal/dev","Dimensions":[["code"]],"Metrics":[{"Name":"Errors","Unit":"Count"}]},\
            {"Namespace":"CortensorPortal/dev","Dimensions":[["version"]],"Metrics":[{"Name":"Requests","Unit":"Count"}]}]}}
            """);
    }
}
