package network.cortensor.portal.operator.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Moments;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;

/**
 * What came of a probe.
 *
 * @param outcome {@code ok}, {@code skipped}, or the kind of failure, as the prober's log has it
 * @param why it was skipped
 */
record ProbeReport(
        TargetId target, String outcome, Optional<String> why, Optional<Duration> firstToken, Optional<Duration> total)
        implements Report {

    /** @throws CommandStopped if the prober could not do what was asked */
    static ProbeReport of(TargetId target, JsonNode answer) throws CommandStopped {
        String outcome = answer.path("outcome").asText("");
        return switch (outcome) {
            case "" ->
                throw new CommandStopped(
                        ExitCode.AWS, "the prober does not know probes on demand (expected: a newer deployment)");
            case "unknown_target" ->
                throw new CommandStopped(
                        ExitCode.USAGE,
                        "target " + target + ": does not exist, or its address cannot be understood (see status)");
            case "tables_unavailable", "interrupted" ->
                throw new CommandStopped(ExitCode.AWS, "AWS: the prober could not work: " + outcome);
            default ->
                new ProbeReport(
                        target,
                        outcome,
                        Optional.ofNullable(answer.get("why")).map(JsonNode::asText),
                        time(answer, "first_token_ms"),
                        time(answer, "total_ms"));
        };
    }

    private static Optional<Duration> time(JsonNode answer, String name) {
        return Optional.ofNullable(answer.get(name)).map(JsonNode::asLong).map(Duration::ofMillis);
    }

    boolean passed() {
        return outcome.equals("ok");
    }

    @Override
    public void print(Console console) {
        Span verdict = switch (outcome) {
            case "ok" -> new Span("passed", Style.GOOD);
            case "skipped" -> new Span("not probed: " + reason(), Style.WARNING);
            default -> new Span("failed: " + outcome, Style.BAD);
        };
        String times = firstToken
                        .map(time -> ", first token after " + Moments.precise(time))
                        .orElse("")
                + total.map(time -> ", all over after " + Moments.precise(time)).orElse("");
        console.line(Span.plain("target " + target + ": "), verdict, Span.plain(times));
    }

    private String reason() {
        return switch (why.orElse("")) {
            case "busy" -> "all of its slots are in use";
            case "last_free_slot" ->
                "it has its pool's last free slot, which is for customers (drain or pause it first)";
            case "slots_unavailable" -> "slots cannot be read or written";
            case "not_sent_no_credential" -> "its router's key is not in the Parameter Store (see credential put)";
            case "not_sent_forbidden_address" -> "its host is not on the deployment's list of routers";
            case "no_time" -> "an attempt of its pool may last longer than the prober lives";
            default -> why.orElse("no reason given");
        };
    }

    @Override
    public Object json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("target", target.toString());
        json.put("outcome", outcome);
        json.put("why", why.orElse(null));
        json.put("firstTokenMs", firstToken.map(Duration::toMillis).orElse(null));
        json.put("totalMs", total.map(Duration::toMillis).orElse(null));
        return json;
    }
}
