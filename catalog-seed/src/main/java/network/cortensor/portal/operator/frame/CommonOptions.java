package network.cortensor.portal.operator.frame;

import java.net.URI;
import java.util.Optional;
import network.cortensor.portal.model.EnvironmentName;
import network.cortensor.portal.operator.console.Console;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that works on an environment. */
public final class CommonOptions {
    /** The environment of the local product, which wants no credentials. */
    static final String LOCAL = "local";

    private final Workplace workplace;

    @Mixin
    private final OutputOptions output;

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "NAME",
            description = "The environment, such as dev, prod or local; PORTAL_ENVIRONMENT if not given.")
    private Optional<String> environment = Optional.empty();

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "The AWS region, if not that of the shell or profile.")
    private Optional<String> region = Optional.empty();

    @Option(names = "--profile", paramLabel = "NAME", description = "The AWS profile, if not that of the shell.")
    private Optional<String> profile = Optional.empty();

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "The address of the local product, which answers in place of all of AWS's services.")
    private Optional<URI> endpoint = Optional.empty();

    @Option(
            names = "--ssm-endpoint-url",
            paramLabel = "URL",
            description = "Another address for the Parameter Store only.")
    private Optional<URI> ssmEndpoint = Optional.empty();

    @Option(
            names = "--table-prefix",
            paramLabel = "TEXT",
            description =
                    "The tables are called TEXTModels, TEXTPools, …. Without it, PORTAL_TABLE_* or what the stack says"
                            + " counts.")
    private Optional<String> tablePrefix = Optional.empty();

    public CommonOptions(Workplace workplace) {
        this.workplace = workplace;
        this.output = new OutputOptions(workplace);
    }

    public Console console() {
        return output.console();
    }

    public Workplace workplace() {
        return workplace;
    }

    /** @throws CommandStopped if none was given */
    public String environment() throws CommandStopped {
        String name = environment.orElseGet(() -> workplace.variable("PORTAL_ENVIRONMENT"));
        if (!EnvironmentName.isOne(name)) {
            throw new CommandStopped(
                    ExitCode.USAGE,
                    name.isEmpty()
                            ? "environment: missing (expected: --environment, or PORTAL_ENVIRONMENT in the shell)"
                            : "environment: \"" + name + "\" (expected: " + EnvironmentName.EXPECTED + ")");
        }
        return name;
    }

    /**
     * The way to the environment. Nothing is asked of AWS yet.
     *
     * @throws CommandStopped if no environment or no region is known
     */
    public Access open() throws CommandStopped {
        String name = environment();
        Account account = name.equals(LOCAL) ? Account.local(region) : Account.of(profile, region);
        AwsEndpoints endpoints = new AwsEndpoints(
                endpoint,
                ssmEndpoint.or(() -> endpoint),
                serviceEndpoint("LAMBDA"),
                serviceEndpoint("CLOUDWATCH_LOGS"));
        return new Access(name, account, endpoints, new TableLookup(name, tablePrefix, workplace));
    }

    /** The SDK's clients find such variables by themselves; for these services we have none. */
    private Optional<URI> serviceEndpoint(String service) {
        return endpoint.or(() -> Optional.of(workplace.variable("AWS_ENDPOINT_URL_" + service))
                .filter(url -> !url.isEmpty())
                .or(() -> Optional.of(workplace.variable("AWS_ENDPOINT_URL")))
                .filter(url -> !url.isEmpty())
                .map(URI::create));
    }
}
