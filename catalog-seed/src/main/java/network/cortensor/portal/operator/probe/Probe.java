package network.cortensor.portal.operator.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import network.cortensor.portal.model.Names;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.SignedCall;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code portalctl probe}. */
@Command(
        name = "probe",
        description = {
            "Has the prober send one tiny request to a target at once, and shows what came of it.",
            "A paused target can be probed too, before it is resumed. A probe never takes a pool's last free slot.",
            "The exit code is 1 if the target failed, or was not probed."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  portalctl probe oss-20b/a-101 -e prod"})
public final class Probe implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private final CommonOptions common;

    @Parameters(paramLabel = "POOL/TARGET", description = "The target.")
    private String target = "";

    public Probe(Workplace workplace) {
        this.common = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        TargetId id = id(target);
        try (Access access = common.open()) {
            FunctionCall call = new FunctionCall(
                    access.account(),
                    access.endpoints()
                            .lambda()
                            .orElseGet(() -> SignedCall.endpointOf(
                                    "lambda", access.account().region())));
            JsonNode answer = call.invoke(access.output("ProberFunction"), event(id));
            ProbeReport report = ProbeReport.of(id, answer);
            common.console().report(report);
            return (report.passed() ? ExitCode.DONE : ExitCode.FOUND).number();
        }
    }

    private static TargetId id(String text) throws CommandStopped {
        int slash = text.indexOf('/');
        if (slash < 0 || !Names.isName(text.substring(0, slash)) || !Names.isName(text.substring(slash + 1))) {
            throw new CommandStopped(ExitCode.USAGE, text + ": no target (expected: POOL/TARGET)");
        }
        return new TargetId(text.substring(0, slash), text.substring(slash + 1));
    }

    /** As in {@code events/operator-probe.json}. */
    private String event(TargetId id) {
        ObjectNode event = JSON.createObjectNode()
                .put("detail-type", "Portal Probe")
                .put("source", "portalctl")
                .put("time", common.workplace().clock().instant().toString());
        event.putObject("detail").put("pool", id.pool()).put("target", id.name());
        return event.toString();
    }
}
