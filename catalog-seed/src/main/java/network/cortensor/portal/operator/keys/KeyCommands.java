package network.cortensor.portal.operator.keys;

import java.security.SecureRandom;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code portalctl keys} and {@code portalctl plan}: their commands, put in their places. */
public final class KeyCommands {
    private KeyCommands() {}

    @Command(
            name = "keys",
            description = "Makes, shows and takes back customers' keys.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  portalctl keys create --customer acme --plan free -e prod",
                "  portalctl keys list --customer acme -e prod"
            },
            synopsisSubcommandLabel = "COMMAND")
    private static final class Keys {}

    @Command(
            name = "plan",
            description = "Says how much customers may use.",
            footerHeading = "%nExamples:%n",
            footer = {"  portalctl plan list -e prod", "  portalctl plan set team -e prod --requests-per-minute 60"},
            synopsisSubcommandLabel = "COMMAND")
    private static final class Plans {}

    public static CommandLine keys(Workplace workplace) {
        return new CommandLine(new Keys())
                .addSubcommand(new CreateKey(workplace))
                .addSubcommand(new ListKeys(workplace))
                .addSubcommand(new ShowKey(workplace))
                .addSubcommand(new RevokeKeys(workplace))
                .addSubcommand(new RotateKey(workplace));
    }

    public static CommandLine plan(Workplace workplace) {
        return new CommandLine(new Plans())
                .addSubcommand(new SetPlan(workplace))
                .addSubcommand(new ListPlans(workplace))
                .addSubcommand(new ShowPlan(workplace));
    }

    static KeyRegister register(Access access) throws CommandStopped {
        return new KeyRegister(
                access.environment(), access.dynamo(), access.tables().apiKeys(), new SecureRandom());
    }

    static PlanRegister plans(Access access) throws CommandStopped {
        return new PlanRegister(access.dynamo(), access.tables().apiKeys());
    }
}
