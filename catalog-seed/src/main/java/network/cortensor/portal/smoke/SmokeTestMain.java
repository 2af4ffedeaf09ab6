package network.cortensor.portal.smoke;

import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of the smoke test. Exit codes: 0 all is well, 1 a check failed, 2 something is wrong with the command. */
@Command(
        name = "smoke-test",
        mixinStandardHelpOptions = true,
        version = "smoke-test 1.0",
        description =
                "Calls a deployment as a customer would, and looks whether tokens arrive one by one, in every stream"
                        + " of many.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  PORTAL_KEY=ctk_dev_… infra-cdk/smoke-test --outputs infra-cdk/outputs.json",
            "  infra-cdk/smoke-test --api http://localhost:8080/v1 --streaming http://localhost:8081/v1"
        })
public final class SmokeTestMain implements Callable<Integer> {
    private static final Duration CONNECT = Duration.ofSeconds(20);

    @Option(names = "--outputs", paramLabel = "FILE", description = "What cdk deploy --outputs-file wrote.")
    private Optional<Path> outputs = Optional.empty();

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "Instead of --outputs: the API's base URL, ending in /v1.")
    private Optional<URI> api = Optional.empty();

    @Option(names = "--streaming", paramLabel = "URL", description = "With --api: the streaming URL, ending in /v1.")
    private Optional<URI> streaming = Optional.empty();

    @Option(
            names = "--no-streaming",
            description = "Leaves the streaming URL out. For a deployment where only signed requests may call it.")
    private boolean withoutStreaming;

    @Option(names = "--model", description = "The only model to ask (default: whichever is available).")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "" + Volley.STREAMS,
            description =
                    "Streams through each front to find one that is held back (default: ${DEFAULT-VALUE}; 0 for none).")
    private int streams;

    @Option(
            names = "--abreast",
            paramLabel = "N",
            defaultValue = "" + Volley.ABREAST,
            description = "How many of them at a time (default: ${DEFAULT-VALUE}).")
    private int abreast;

    @Option(
            names = "--key",
            defaultValue = "${env:PORTAL_KEY}",
            description = "A customer's key. Better set as PORTAL_KEY: other users of the machine see command lines.")
    private String key = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Without the process around it. */
    public static CommandLine commandLine() {
        return new CommandLine(new SmokeTestMain()).setExecutionExceptionHandler((exception, called, parsed) -> {
            called.getErr().println(exception.getMessage());
            return called.getCommandSpec().exitCodeOnInvalidInput();
        });
    }

    @Override
    public Integer call() throws InterruptedException {
        SmokeTest.Subject subject = subject();
        PrintWriter out = spec.commandLine().getOut();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            List<Finding> findings = new SmokeTest(
                            subject, new SmokeTest.Means(client, InstantSource.system(), Thread::sleep), finding -> {
                                out.println(finding.line());
                                out.flush();
                            })
                    .run();
            long bad = findings.stream().filter(Finding.Bad.class::isInstance).count();
            out.println(
                    bad == 0
                            ? "PASSED: the deployment serves customers, and its tokens arrive one by one"
                            : "FAILED: " + bad + " of " + findings.size() + " checks");
            return bad == 0 ? 0 : 1;
        }
    }

    private SmokeTest.Subject subject() {
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException("no key (expected: a customer's, in PORTAL_KEY or by --key)");
        }
        if (outputs.isPresent() == api.isPresent()) {
            throw new IllegalArgumentException("no deployment named (expected: either --outputs or --api)");
        }
        DeploymentUrls named =
                outputs.map(DeploymentUrls::read).orElseGet(() -> new DeploymentUrls(api.orElseThrow(), streaming));
        return new SmokeTest.Subject(
                withoutStreaming ? named.withoutStreaming() : named, key.strip(), model, new Volley(streams, abreast));
    }
}
