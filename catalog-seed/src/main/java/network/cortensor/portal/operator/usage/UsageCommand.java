package network.cortensor.portal.operator.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import network.cortensor.portal.dynamo.usage.DynamoUsageRecords.Days;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.ProgressLine;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import network.cortensor.portal.operator.usage.UsageReader.UsedKey;
import network.cortensor.portal.usage.Counters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portalctl usage}. */
@Command(
        name = "usage",
        description = {
            "Sums up what customers have used, by customer, key, alias and day.",
            "If aliases matter, every request is read. Otherwise the sums of days are, which is far quicker and"
                    + " counts a request on the day on which it ended. Requests that nobody settled, because their worker"
                    + " died, are closed first; their tokens are estimated."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl usage -e prod",
            "  portalctl usage -e prod --customer acme --by day,alias --from 2026-11-01 --csv"
        })
public final class UsageCommand implements Callable<Integer> {
    private final Workplace workplace;

    @Mixin
    private final CommonOptions options;

    @Option(names = "--customer", paramLabel = "NAME", description = "Of this customer only.")
    private Optional<String> customer = Optional.empty();

    @Option(names = "--key", paramLabel = "KEY-ID", description = "Of this key only.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--alias", paramLabel = "NAME", description = "Of this model only.")
    private Optional<String> alias = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "The first day, in UTC. Without it, the first of the month.")
    private Optional<LocalDate> from = Optional.empty();

    @Option(names = "--to", paramLabel = "DATE", description = "The last day, in UTC. Without it, today.")
    private Optional<LocalDate> to = Optional.empty();

    @Option(
            names = "--by",
            split = ",",
            paramLabel = "WHAT",
            description =
                    "What to sum up by: ${COMPLETION-CANDIDATES}, several with commas; customer,key if not given.")
    private List<By> by = List.of(By.CUSTOMER, By.KEY);

    @Option(names = "--csv", description = "Write comma-separated values.")
    private boolean csv;

    public UsageCommand(Workplace workplace) {
        this.workplace = workplace;
        this.options = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        if (csv && options.console().form() == Console.Form.JSON) {
            throw new CommandStopped(ExitCode.USAGE, "--csv and --json: both (expected: one of them)");
        }
        Days days = days();
        try (Access access = options.open()) {
            UsageReader reader = new UsageReader(access.dynamo(), access.tables(), workplace.clock());
            Summary summary = summary(reader, days);
            write(new UsageSummaryReport(summary, days, reader.problems()));
            return (reader.problems().isEmpty() ? ExitCode.DONE : ExitCode.FOUND).number();
        }
    }

    private Days days() throws CommandStopped {
        Instant now = workplace.clock().instant();
        LocalDate last = to.orElseGet(() -> LocalDate.ofInstant(now, ZoneOffset.UTC));
        LocalDate first = from.orElseGet(() -> last.withDayOfMonth(1));
        if (last.isBefore(first)) {
            throw new CommandStopped(ExitCode.USAGE, "--to: " + last + " (expected: " + first + " or later)");
        }
        return new Days(first, last);
    }

    private Summary summary(UsageReader reader, Days days) {
        List<UsedKey> keys = reader.keys().stream()
                .filter(used -> key.isEmpty() || key.get().equals(used.keyId()))
                .filter(used -> customer.isEmpty()
                        || used.customer().isEmpty()
                        || used.customer().equals(customer))
                .toList();
        Map<String, Optional<Counters>> current = new TreeMap<>();
        keys.stream()
                .flatMap(used -> used.customer().stream())
                .forEach(name -> current.computeIfAbsent(name, reader::current));
        Summary summary = new Summary(by);
        try (ProgressLine progress = options.console().progress("summing up keys", OptionalLong.of(keys.size()))) {
            for (UsedKey used : keys) {
                add(used, reader, days, current, summary);
                progress.step();
            }
        }
        return summary;
    }

    private void add(
            UsedKey used, UsageReader reader, Days days, Map<String, Optional<Counters>> current, Summary summary) {
        if (by.contains(By.ALIAS) || alias.isPresent()) {
            reader.requests(used.keyId(), days, use -> addIfWanted(summary, use));
        } else {
            reader.days(used.keyId(), days, used.customer().flatMap(current::get), use -> addIfWanted(summary, use));
        }
    }

    private void addIfWanted(Summary summary, UsageRow use) {
        if ((alias.isEmpty() || use.alias().equals(alias))
                && (customer.isEmpty() || customer.get().equals(use.customer()))) {
            summary.add(use);
        }
    }

    private void write(UsageSummaryReport table) {
        if (csv) {
            table.csv(options.console());
        } else {
            options.console().report(table);
        }
    }
}
