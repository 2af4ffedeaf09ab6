package network.cortensor.portal.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import network.cortensor.portal.activity.ActivitySums;
import network.cortensor.portal.api.error.ErrorRow;
import network.cortensor.portal.api.error.FaultCount;
import network.cortensor.portal.api.error.Responsibility;
import network.cortensor.portal.api.wire.ModelName;
import network.cortensor.portal.api.wire.TokenTally;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.dispatch.Outcome.Effort;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import network.cortensor.portal.telemetry.TraceParent;
import network.cortensor.portal.usage.Limit;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.Tokens;

/**
 * Gathers what the one log line of a request says. Nothing that a customer wrote gets in, but the name of a model that exists. Used by
 * one thread.
 */
final class RequestLog {
    private static final String OK = "ok";
    private static final String UNFINISHED = "unfinished";

    private String outcome = UNFINISHED;
    private Optional<Responsibility> fault = Optional.empty();
    private Optional<Customer> customer = Optional.empty();
    private Optional<AliasView> alias = Optional.empty();
    private String asked = "";
    private Optional<TokenTally> tally = Optional.empty();
    private Optional<ModelName> name = Optional.empty();
    private Optional<Effort> effort = Optional.empty();
    private Optional<String> exception = Optional.empty();
    private Optional<Limit> overLimit = Optional.empty();

    void overLimit(Limit limit) {
        overLimit = Optional.of(limit);
    }

    void identified(Customer known) {
        customer = Optional.of(known);
    }

    /** @param name the alias's own, or another of its names, as the customer sent it */
    void resolved(String name, AliasView view) {
        asked = name;
        alias = Optional.of(view);
    }

    void counting(TokenTally counted) {
        tally = Optional.of(counted);
    }

    /** @param borne by the answer */
    void named(ModelName borne) {
        name = Optional.of(borne);
    }

    void dispatched(Effort spent) {
        effort = Optional.of(spent);
    }

    void answered() {
        outcome = OK;
    }

    void refused(ErrorRow row) {
        outcome = row.word();
        fault = Optional.of(row.fault());
    }

    /** The class says where to look; a message might hold anything. */
    void broke(RuntimeException bug) {
        exception = Optional.of(bug.getClass().getName());
    }

    Line line(ApiExchange exchange, ApiRoute route, Instant now) {
        Duration total = Duration.between(exchange.receivedAt(), now);
        Line line = Line.of("request")
                .with("request_id", exchange.requestId())
                .with("route", route.pattern())
                .with("front", exchange.request().front().word())
                .with("status", exchange.reply().status())
                .with("outcome", outcome)
                .with("total_ms", total);
        exception.ifPresent(name -> line.with("exception", name));
        customer.ifPresent(known -> line.with("key_id", known.keyId()).with("customer", known.customer()));
        addError(line);
        overLimit.ifPresent(
                limit -> line.metric(Metric.LIMIT_REFUSALS, 1).apart(Metric.LIMIT_REFUSALS, "limit", limit.word()));
        alias.ifPresent(view -> line.dimension("alias", view.alias().name())
                .with("catalog_age_ms", age(view.readAt(), exchange.receivedAt())));
        tally.ifPresent(counted -> addTokens(line, counted));
        effort.ifPresent(spent -> addEffort(line.metric(Metric.TOTAL_TIME, total), spent));
        servedModel().ifPresent(model -> line.with("served_model", model).metric(Metric.OTHER_MODEL, 1));
        trace(exchange).ifPresent(trace -> line.with("trace_id", trace.traceId()));
        addGenAi(line, route, total);
        return line;
    }

    /** The model that the answer came from, if any of it was delivered and it is another than the one asked for. */
    private Optional<String> servedModel() {
        return tally.filter(TokenTally::delivered).flatMap(ignored -> name.flatMap(ModelName::other));
    }

    private static Optional<TraceParent> trace(ApiExchange exchange) {
        return exchange.request().headers().only("traceparent").flatMap(TraceParent::parse);
    }

    /** Of every request to a model, also of one that was refused: what is not known of it is left out. */
    private void addGenAi(Line line, ApiRoute route, Duration total) {
        Optional<String> operation =
                route.method() == ApiRoute.Method.POST ? GenAi.operation(route.pattern()) : Optional.empty();
        if (operation.isEmpty()) {
            return;
        }
        GenAi.request(line, operation.get(), alias.map(ignored -> asked));
        GenAi.duration(line, total);
        if (outcome.equals(OK)) {
            effort.flatMap(Effort::firstToken).ifPresent(time -> GenAi.firstToken(line, time));
        } else {
            GenAi.error(line, outcome);
        }
        if (alias.isPresent() && tally.filter(TokenTally::delivered).isPresent()) {
            String served = servedModel().orElse(alias.get().alias().name());
            GenAi.answer(line, served, tally.get().usage());
        }
    }

    /** Counts the request for its model, if it came so far that a target should have answered it. A request whose customer went away before the end is not counted. */
    void activity(Activity activity) {
        boolean countable = effort.isPresent()
                && !outcome.equals(UNFINISHED)
                && fault.filter(Responsibility.CUSTOMER::equals).isEmpty();
        if (countable && alias.isPresent()) {
            activity.count(
                    alias.get().alias().name(),
                    ActivitySums.of(outcome.equals(OK), effort.get().firstToken()));
        }
    }

    /** What was read for this very request had no age when it came. */
    private static Duration age(Instant readAt, Instant receivedAt) {
        return readAt.isBefore(receivedAt) ? Duration.between(readAt, receivedAt) : Duration.ZERO;
    }

    /** How the request ended, for its record. */
    Ending ending(ApiExchange exchange, Instant now) {
        return new Ending(
                exchange.reply().status(),
                outcome,
                effort.map(Effort::attempts).orElse(0),
                effort.flatMap(Effort::firstToken),
                Duration.between(exchange.receivedAt(), now),
                servedModel());
    }

    /** What the request used: nothing, if nothing was delivered. */
    Tokens used() {
        return tally.filter(TokenTally::delivered).map(this::tokens).orElse(new Tokens(0, 0, Basis.COUNTED));
    }

    private Tokens tokens(TokenTally counted) {
        Usage usage = counted.usage();
        Basis basis = counted.reported() || counted.exact() ? Basis.COUNTED : Basis.ESTIMATED;
        return new Tokens(usage.promptTokens(), usage.completionTokens(), basis);
    }

    private void addError(Line line) {
        FaultCount.addTo(line, fault);
        if (outcome.equals(OK)) {
            line.metric(Metric.ERRORS, 0);
            return;
        }
        line.metric(Metric.ERRORS, 1).apart(Metric.ERRORS, "code", outcome);
    }

    private static void addTokens(Line line, TokenTally tally) {
        Usage usage = tally.usage();
        line.with("prompt_tokens", usage.promptTokens()).with("completion_tokens", usage.completionTokens());
        if (tally.doubted()) {
            line.with("usage", "doubted");
        }
    }

    private static void addEffort(Line line, Effort effort) {
        line.with("attempts", effort.attempts())
                .with("queue_wait_ms", effort.queueWait())
                .with("first_token_ms", effort.firstToken())
                .metric(Metric.QUEUE_WAIT, effort.queueWait());
        effort.firstToken().ifPresent(time -> line.metric(Metric.FIRST_TOKEN_TIME, time));
    }
}
