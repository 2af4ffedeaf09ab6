package network.cortensor.portal.operator.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portalctl doctor}. */
@Command(
        name = "doctor",
        description = {
            "Checks what this tool and the environment need: Java, credentials, region, parameters, tables, clock,"
                    + " catalog, routers' credentials,",
            "the prober, and the versions of everything deployed; says what to do about what is wrong. The exit code"
                    + " is 1 if anything is."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  portalctl doctor -e prod", "  portalctl doctor -e prod --json"})
public final class Doctor implements Callable<Integer> {
    @Mixin
    private final CommonOptions common;

    private final Workplace workplace;

    public Doctor(Workplace workplace) {
        this.workplace = workplace;
        this.common = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        common.environment();
        List<CheckResult> findings = new ArrayList<>(ThisMachine.findings());
        try (Access access = common.open()) {
            findings.add(CheckResult.ok("region", access.account().region()));
            new AccountChecks(access, workplace.clock()).run(findings::add);
            new TableChecks(access, workplace.clock()).run(findings::add);
            new DeploymentChecks(access, workplace.clock()).run(findings::add);
        } catch (ChecksEnded nobody) {
            findings.add(nobody.finding());
            findings.add(CheckResult.skipped("all else", "nobody answers"));
        } catch (CommandStopped stopped) {
            findings.add(CheckResult.bad("region", String.join("; ", stopped.lines()), "set AWS_REGION, or --region"));
        }
        DoctorReport report = new DoctorReport(List.copyOf(findings));
        common.console().report(report);
        return (report.healthy() ? ExitCode.DONE : ExitCode.FOUND).number();
    }
}
