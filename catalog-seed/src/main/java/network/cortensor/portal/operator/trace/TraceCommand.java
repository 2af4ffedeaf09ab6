package network.cortensor.portal.operator.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryUnavailable;
import network.cortensor.portal.dynamo.usage.DynamoUsageRecords;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.operator.edit.StoredCatalog;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import network.cortensor.portal.operator.status.FleetView;
import network.cortensor.portal.operator.usage.UsedKeys;
import network.cortensor.portal.routing.Decision;
import network.cortensor.portal.routing.Question;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.UsageEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code portalctl trace}. */
@Command(
        name = "trace",
        description = {
            "Shows one request's whole life: whose it was, the route with its scores, each attempt with its reason,"
                    + " slot and times, tokens, and the end.",
            "The decision is made once more from the request's record and the catalog as its history has it at that"
                    + " moment. What its targets'",
            "health was then is not kept; the attempts show it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl trace req_019b0c5f3a2e4d5b8c7f6a1e2d3c4b5a -e prod",
            "  portalctl trace req_019b0c5f3a2e4d5b8c7f6a1e2d3c4b5a -e local --lines portal.log"
        })
public final class TraceCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common;

    private final Workplace workplace;

    @Parameters(paramLabel = "REQUEST-ID", description = "The answer's x-request-id.")
    private String request = "";

    @Option(
            names = "--lines",
            paramLabel = "FILE",
            description = "A file with the log lines of inference-api, or - for standard input; CloudWatch's log if not"
                    + " given.")
    private Optional<String> lines = Optional.empty();

    public TraceCommand(Workplace workplace) {
        this.workplace = workplace;
        this.common = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        RequestId id = id();
        try (Access access = common.open()) {
            List<String> missing = new ArrayList<>();
            List<Problem> spoiled = new ArrayList<>();
            LogLines log = log(access, id, missing);
            Optional<UsageEvent> event = event(access, id, log, spoiled::add, missing);
            spoiled.forEach(problem -> missing.add(problem.toString()));
            if (event.isEmpty() && log.isEmpty() && spoiled.isEmpty()) {
                missing.add(
                        "no trace of " + id + ": it has no record and no line (expected: a request of this environment,"
                                + " of the last 400 days)");
                throw new CommandStopped(ExitCode.FOUND, missing);
            }
            Optional<ThenDecided> decision = decision(access, id, event, log, missing);
            common.console().report(new TraceReport(id, event, log, decision));
            missing.forEach(common.console()::note);
            return (spoiled.isEmpty() ? ExitCode.DONE : ExitCode.FOUND).number();
        }
    }

    private RequestId id() throws CommandStopped {
        try {
            return new RequestId(request);
        } catch (IllegalArgumentException e) {
            throw new CommandStopped(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** That a log cannot be read is said, and the tables tell the rest. */
    private LogLines log(Access access, RequestId id, List<String> missing) throws CommandStopped {
        if (lines.isPresent()) {
            return written(id, lines.get());
        }
        try {
            return LogLines.of(id, CloudWatchLog.of(access).messages(access.output("InferenceLog"), id).stream());
        } catch (CommandStopped stopped) {
            return unread(stopped.lines().getFirst(), missing);
        } catch (SdkException e) {
            return unread(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), missing);
        }
    }

    private static LogLines unread(String why, List<String> missing) {
        missing.add("log: not read, so attempts are not shown (expected: --lines FILE, or CloudWatch Logs): " + why);
        return LogLines.NONE;
    }

    private LogLines written(RequestId id, String file) throws CommandStopped {
        if (file.equals("-")) {
            return LogLines.of(
                    id,
                    new BufferedReader(
                                    new InputStreamReader(workplace.terminal().in(), StandardCharsets.UTF_8))
                            .lines());
        }
        try (Stream<String> log = Files.lines(Path.of(file), StandardCharsets.UTF_8)) {
            return LogLines.of(id, log);
        } catch (IOException e) {
            throw new CommandStopped(
                    ExitCode.USAGE, file + ": cannot be read (expected: a file of log lines in UTF-8)");
        }
    }

    /**
     * The log names the key; without it every key's records are asked for the request.
     *
     * @param spoiled is told of a record that an edit by hand spoiled; the log tells the rest
     * @param missing gets the keys that could not be asked, if none of the others has the request
     */
    private static Optional<UsageEvent> event(
            Access access, RequestId id, LogLines log, Consumer<Problem> spoiled, List<String> missing)
            throws CommandStopped {
        DynamoUsageRecords records =
                new DynamoUsageRecords(access.dynamo(), access.tables().usage());
        List<String> unread = new ArrayList<>();
        List<String> keys = log.said("key_id").isPresent()
                ? List.of(log.said("key_id").get())
                : UsedKeys.ids(access, problem -> unread.add(problem.toString()));
        Optional<UsageEvent> event = keys.stream()
                .flatMap(key -> records.event(key, id, spoiled).stream())
                .findFirst();
        if (event.isEmpty()) {
            missing.addAll(unread);
        }
        return event;
    }

    private static Optional<ThenDecided> decision(
            Access access, RequestId id, Optional<UsageEvent> event, LogLines log, List<String> missing)
            throws CommandStopped {
        String alias = event.map(found -> found.account().alias())
                .or(() -> log.said("alias"))
                .orElse("");
        String customer = event.map(found -> found.account().customer())
                .or(() -> log.said("customer"))
                .orElse("");
        if (alias.isEmpty()) {
            return Optional.empty();
        }
        Set<TargetId> named = log.attempts().stream()
                .filter(line -> line.hasNonNull("pool") && line.hasNonNull("target"))
                .map(line -> new TargetId(
                        line.path("pool").asText(), line.path("target").asText()))
                .collect(Collectors.toSet());
        try {
            StoredCatalog now = StoredCatalog.read(access.dynamo(), access.tables());
            DynamoHistory history =
                    new DynamoHistory(access.dynamo(), access.tables().catalogHistory());
            WholeCatalog then = new CatalogThen(now, history, log.catalogReadAt(id)).of(alias, named);
            ModelAlias model = then.aliases().get(alias);
            if (model == null) {
                missing.add("model " + alias + ": history does not know it at that moment, so no decision is shown");
                return Optional.empty();
            }
            FleetView fleet = FleetView.withoutEvidence(then, id.at());
            return Optional.of(new ThenDecided(
                    model, Decision.of(fleet.view(model), new Question(customer, Set.of(), Set.of(), id.at()))));
        } catch (HistoryUnavailable e) {
            missing.add("history: " + e.getMessage() + ", so no decision is shown");
            return Optional.empty();
        }
    }

    /** The decision as it comes out of the catalog of that moment. */
    record ThenDecided(ModelAlias alias, Decision decision) {}
}
