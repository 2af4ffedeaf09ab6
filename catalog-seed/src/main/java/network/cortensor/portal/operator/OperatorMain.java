package network.cortensor.portal.operator;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.DynamoClients;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSettings;
import network.cortensor.portal.settings.BadSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The operators' command line. Exit codes: 0 done, 1 something is wrong with the catalog file, 2 something is wrong with the command or
 * the environment, 3 AWS did not do what was asked.
 */
@Command(
        name = "portalctl",
        description = "Checks catalog files and brings them into an environment's tables.",
        mixinStandardHelpOptions = true,
        version = "portalctl 1.0",
        subcommands = {OperatorMain.Validate.class, OperatorMain.Seed.class})
public final class OperatorMain {
    private OperatorMain() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new OperatorMain()).setExecutionExceptionHandler((exception, command, parsed) -> {
            Failure failure = Failure.of(exception);
            command.getErr().println(failure.message());
            return failure.exitCode();
        });
    }

    /** What an operator is told instead of a stack trace. */
    private record Failure(int exitCode, String message) {
        static Failure of(Exception exception) {
            return switch (exception) {
                case BadCatalogFile bad -> new Failure(1, String.join(System.lineSeparator(), bad.lines()));
                case BadSettings bad -> new Failure(2, Objects.toString(bad.getMessage()));
                case SdkException aws -> new Failure(3, "AWS: " + aws.getMessage());
                default -> new Failure(2, exception.toString());
            };
        }
    }

    @Command(name = "validate", description = "Checks a catalog file, and says what is wrong in it.")
    static final class Validate implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "A catalog file in YAML.")
        private Path file = Path.of("");

        @Option(names = "--set", paramLabel = "NAME=VALUE", description = "The value of a ${NAME} in the file.")
        private Map<String, String> variables = Map.of();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws BadCatalogFile {
            CatalogFile read = CatalogFile.read(file, variables);
            for (Problem advice : read.catalog().problems()) {
                spec.commandLine().getOut().println("advice: " + advice);
            }
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: %d models, %d pools, %d targets, no errors%n",
                            file,
                            read.catalog().aliases().size(),
                            read.catalog().pools().size(),
                            read.catalog().targets().size());
            return 0;
        }
    }

    @Command(
            name = "seed",
            description = {
                "Writes a catalog file into the tables, over what is there.",
                "The tables' names are taken from PORTAL_TABLE_MODELS, PORTAL_TABLE_POOLS, …, as the functions take them."
            })
    static final class Seed implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "A catalog file in YAML.")
        private Path file = Path.of("");

        @Option(names = "--set", paramLabel = "NAME=VALUE", description = "The value of a ${NAME} in the file.")
        private Map<String, String> variables = Map.of();

        @Option(names = "--region", required = true, description = "The tables' AWS region.")
        private String region = "";

        @Option(names = "--endpoint-url", description = "Another DynamoDB than the region's own.")
        private Optional<URI> endpoint = Optional.empty();

        @Option(names = "--by", defaultValue = "portalctl", description = "Who does it; kept in updatedBy.")
        private String by = "";

        @Option(names = "--reason", defaultValue = "seed", description = "Why; kept in reason.")
        private String reason = "";

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws BadCatalogFile {
            TableNames tables = TableSettings.names(System.getenv());
            CatalogFile read = CatalogFile.read(file, variables);
            try (DynamoDbClient client = DynamoClients.open(
                    region, DefaultCredentialsProvider.builder().build(), endpoint)) {
                int written = new CatalogLoader(client, tables)
                        .load(
                                read,
                                new CatalogLoader.Edit(InstantSource.system().instant(), by, reason));
                spec.commandLine().getOut().println(written + " items written");
            }
            return 0;
        }
    }
}
