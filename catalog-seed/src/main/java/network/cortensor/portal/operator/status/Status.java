package network.cortensor.portal.operator.status;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.LiveView;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.AwsWords;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code portalctl status}. */
@Command(
        name = "status",
        description = "Shows models, their pools and targets: state and why, health, slots in use, bad items.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl status -e prod",
            "  portalctl status gpt-oss-20b -e prod --watch",
            "  portalctl status -e prod --json --fields models"
        })
public final class Status implements Callable<Integer> {
    @Mixin
    private final CommonOptions common;

    @Parameters(paramLabel = "MODEL", description = "Only these models.")
    private List<String> models = List.of();

    @Option(
            names = "--watch",
            arity = "0..1",
            paramLabel = "SECONDS",
            fallbackValue = "2",
            description = "Show it again every so many seconds (2 without a number), until Ctrl-C.")
    private Optional<Integer> watch = Optional.empty();

    public Status(Workplace workplace) {
        this.common = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped, InterruptedException {
        if (watch.filter(seconds -> seconds < 1).isPresent()) {
            throw new CommandStopped(ExitCode.USAGE, "--watch: " + watch.get() + " (expected: seconds, >= 1)");
        }
        Console console = common.console();
        try (Access access = common.open()) {
            if (watch.isEmpty()) {
                console.report(read(access));
            } else {
                Duration every = Duration.ofSeconds(watch.get());
                LiveView view = new LiveView(
                        common.workplace().terminal(),
                        () -> common.workplace().pause().pause(every));
                boolean more = view.show(read(access), console);
                while (more) {
                    more = again(access, view, console);
                }
            }
        }
        return ExitCode.DONE.number();
    }

    /** Who watches wants to see the end of an outage, too. */
    private boolean again(Access access, LiveView view, Console console) throws InterruptedException {
        try {
            return view.show(read(access), console);
        } catch (SdkException e) {
            return view.miss(AwsWords.of(e), console);
        } catch (CommandStopped stopped) {
            return view.miss(stopped.lines().getFirst(), console);
        }
    }

    private StatusReport read(Access access) throws CommandStopped {
        FleetView fleet = FleetView.read(access, common.workplace().clock());
        Set<String> only = new LinkedHashSet<>();
        for (String model : models) {
            only.add(fleet.model(model).name());
        }
        return StatusReport.of(access.environment(), fleet, only);
    }
}
