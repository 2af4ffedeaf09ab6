package network.cortensor.portal.operator.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Moments;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.trace.TraceCommand.ThenDecided;
import network.cortensor.portal.routing.Explanation;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.UsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * A request's life.
 *
 * @param event its record; absent if it has none, because it was refused before it was let in
 */
record TraceReport(RequestId id, Optional<UsageEvent> event, LogLines log, Optional<ThenDecided> then)
        implements Report {
    private static final String OK = "ok";
    private static final String NO_SUCH_MODEL = "model_not_found";

    @Override
    public void print(Console console) {
        console.line(new Span(id.text(), Style.STRONG), Span.plain("  received " + id.at()));
        whose().ifPresent(text -> row(console, "customer", text));
        asked().ifPresent(text -> row(console, "asked", text));
        row(console, "limits", limits());
        log.request()
                .filter(line -> line.hasNonNull("trace_id"))
                .ifPresent(line -> row(console, "trace", line.path("trace_id").asText()));
        then.ifPresent(decided -> Explanation.of(decided.decision()).forEach(line -> row(console, "decision", line)));
        log.attempts()
                .forEach(line -> row(
                        console,
                        "attempt " + line.path("attempt").asText(),
                        attempt(line),
                        line.path("outcome").asText().equals(OK) ? Style.GOOD : Style.BAD));
        event.ifPresent(found -> row(console, "tokens", tokens(found)));
        row(console, "end", end(), ended() ? Style.GOOD : Style.BAD);
    }

    private static void row(Console console, String name, String text) {
        row(console, name, text, Style.PLAIN);
    }

    private static void row(Console console, String name, String text, Style style) {
        console.line(new Span(String.format("%-11s", name), Style.FAINT), new Span(text, style));
    }

    private Optional<String> whose() {
        return event.map(found ->
                        found.account().customer() + ", key " + found.account().keyId())
                .or(() -> log.request()
                        .filter(line -> line.hasNonNull("customer"))
                        .map(line -> line.path("customer").asText() + ", key "
                                + line.path("key_id").asText()));
    }

    /** What a request that was refused early never came to is left out. */
    private Optional<String> asked() {
        return log.request()
                .map(line -> model(line) + "at " + line.path("route").asText() + " of "
                        + line.path("front").asText() + since(line, ", catalog of ", "catalog_age_ms", " before")
                        + since(line, ", waited ", "queue_wait_ms", " for a slot"));
    }

    private String model(JsonNode line) {
        if (outcome().filter(NO_SUCH_MODEL::equals).isPresent()) {
            return "a model that does not exist, or that the key may not use, ";
        }
        return Stream.of("gen_ai.request.model", "alias")
                .filter(line::hasNonNull)
                .findFirst()
                .map(key -> line.path(key).asText() + " ")
                .orElse("");
    }

    private static String since(JsonNode line, String before, String field, String after) {
        return line.hasNonNull(field) ? before + seconds(line, field) + after : "";
    }

    /** A request is let in when its record opens, and only then sent to a target. */
    private String limits() {
        if (event.isPresent() || !log.attempts().isEmpty()) {
            return "let in";
        }
        return log.request().map(TraceReport::notLetIn).orElse("not known");
    }

    private static String notLetIn(JsonNode line) {
        if (line.hasNonNull("limit")) {
            return "refused for " + line.path("limit").asText().replace('_', ' ');
        }
        return line.path("outcome").asText().equals(OK) ? "not asked" : "not let in: it was refused for another reason";
    }

    private static String attempt(JsonNode line) {
        String target = line.hasNonNull("target")
                ? line.path("pool").asText() + "/" + line.path("target").asText()
                : line.path("pool").asText("no target");
        String firstToken =
                line.hasNonNull("first_token_ms") ? ", first token after " + seconds(line, "first_token_ms") : "";
        return target + ": " + line.path("outcome").asText() + firstToken + ", " + seconds(line, "total_ms")
                + " in all, slot " + line.path("slot").asText("unknown");
    }

    private static String seconds(JsonNode line, String field) {
        return line.hasNonNull(field)
                ? Moments.precise(Duration.ofMillis(line.path(field).asLong()))
                : "?";
    }

    private static String tokens(UsageEvent found) {
        return found.tokens().prompt() + " prompt and " + found.tokens().completion() + " completion, "
                + found.tokens().basis().word();
    }

    private boolean ended() {
        return outcome().filter(OK::equals).isPresent();
    }

    private Optional<String> outcome() {
        return event.flatMap(found -> found.state() instanceof UsageEvent.State.Settled(UsageEvent.Ending ending)
                        ? Optional.of(ending.outcome())
                        : Optional.<String>empty())
                .or(() -> log.request().map(line -> line.path("outcome").asText()));
    }

    private String end() {
        if (event.isPresent()) {
            return switch (event.get().state()) {
                case UsageEvent.State.Open ignored -> "none yet: it runs, or its worker died less than 6 minutes ago";
                case UsageEvent.State.Closed ignored -> "nobody settled it: its worker died";
                case UsageEvent.State.Settled(UsageEvent.Ending ending) ->
                    ending.outcome() + ", status " + ending.status() + ", attempts " + ending.attempts()
                            + ending.firstToken()
                                    .map(time -> ", first token after " + Moments.precise(time))
                                    .orElse("") + ", " + Moments.precise(ending.total()) + " in all";
            };
        }
        return log.request()
                .map(line -> line.path("outcome").asText() + ", status "
                        + line.path("status").asText() + ", " + seconds(line, "total_ms") + " in all")
                .orElse("not known");
    }

    @Override
    public Object json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("request", id.text());
        json.put("receivedAt", id.at().toString());
        json.put("record", event.map(TraceReport::json).orElse(null));
        json.put("line", log.request().orElse(null));
        json.put("attempts", log.attempts());
        json.put(
                "decision",
                then.map(decided -> Explanation.of(decided.decision())).orElse(null));
        return json;
    }

    private static Map<String, @Nullable Object> json(UsageEvent event) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("customer", event.account().customer());
        json.put("key", event.account().keyId());
        json.put("alias", event.account().alias());
        json.put("promptTokens", event.tokens().prompt());
        json.put("completionTokens", event.tokens().completion());
        json.put("tokens", event.tokens().basis().word());
        switch (event.state()) {
            case UsageEvent.State.Open ignored -> json.put("state", "open");
            case UsageEvent.State.Closed ignored -> json.put("state", "closed");
            case UsageEvent.State.Settled(UsageEvent.Ending ending) -> {
                json.put("state", "settled");
                json.put("status", ending.status());
                json.put("outcome", ending.outcome());
                json.put("attempts", ending.attempts());
                json.put(
                        "firstTokenMs",
                        ending.firstToken().map(Duration::toMillis).orElse(null));
                json.put("totalMs", ending.total().toMillis());
                json.put("servedModel", ending.servedModel().orElse(null));
            }
        }
        return json;
    }
}
