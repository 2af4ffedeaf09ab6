package network.cortensor.portal.infra;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import network.cortensor.portal.infra.environment.Alerting;
import network.cortensor.portal.infra.environment.CustomerAccess;
import network.cortensor.portal.infra.environment.Environment;
import network.cortensor.portal.infra.environment.Environments;
import network.cortensor.portal.infra.environment.Serving;
import network.cortensor.portal.infra.functions.Packages;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.cxapi.CloudAssembly;

/**
 * The templates of one environment, with the settings of {@code cdk.json} and stand-ins for packages. Synthesis costs seconds, so each
 * environment is synthesized once for all tests.
 */
record Synthesized(SynthesizedTemplate data, SynthesizedTemplate portal, boolean guarded, List<String> errors) {
    private static final Map<Environment, Synthesized> ALL = new ConcurrentHashMap<>();
    private static final Path STAND_INS = StandIns.make();

    private static final Serving.ManagedInstances FLEET = new Serving.ManagedInstances(new Serving.Fleet(3, 12));

    /** Where the templates of the environments are left for those who come after the tests. */
    private static final Path LEFT = Project.ROOT.resolve("infra-cdk/target/templates");

    static Synthesized of(Environment environment) {
        return ALL.computeIfAbsent(environment, absent -> {
            Synthesized made = with(absent, Map.of(), deployment -> {});
            if (Environments.all().contains(absent) || absent.equals(managed())) {
                made.leave();
            }
            return made;
        });
    }

    /** A template that an earlier run of the tests left. */
    static SynthesizedTemplate left(String stack) {
        return new SynthesizedTemplate(stack, LEFT.resolve(stack + ".template.json"));
    }

    private void leave() {
        try {
            Files.createDirectories(LEFT);
            for (SynthesizedTemplate template : List.of(data, portal)) {
                Files.writeString(LEFT.resolve(template.stack() + ".template.json"), template.text());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Synthesized> all() {
        return Environments.all().stream().map(Synthesized::of).toList();
    }

    /** Prod with all that is optional, and with what no environment chooses today. */
    static Environment everything() {
        Environment prod = Environments.prod();
        CustomerAccess customers = new CustomerAccess(
                prod.customers().throttle(),
                CustomerAccess.ModelList.WITH_A_KEY,
                CustomerAccess.StreamingUrl.SIGNED,
                prod.customers().firewall(),
                Optional.of(new CustomerAccess.Domain(
                        "api.example.net", "arn:aws:acm:eu-central-1:123456789012:certificate/00000000")));
        return new Environment(
                prod.name(),
                prod.keeping(),
                prod.sizes(),
                FLEET,
                customers,
                prod.routers(),
                new Alerting(
                        Optional.of("ops@example.net"),
                        prod.alerting().firstToken(),
                        prod.alerting().failedPercent(),
                        prod.alerting().dollarsPerHour()));
    }

    /** Prod under another name, on Managed Instances. */
    static Environment managed() {
        return serving(Environments.prod(), "managed", FLEET);
    }

    /** The same on its way there, or back. */
    static Environment prepared() {
        return serving(Environments.prod(), "managed", new Serving.Prepared(FLEET.of()));
    }

    static Environment serving(Environment environment, Serving serving) {
        return serving(environment, environment.name(), serving);
    }

    private static Environment serving(Environment environment, String name, Serving serving) {
        return new Environment(
                name,
                environment.keeping(),
                environment.sizes(),
                serving,
                environment.customers(),
                environment.routers(),
                environment.alerting());
    }

    /** @param settings in place of those of the same name in {@code cdk.json} */
    static Synthesized with(Environment environment, Map<String, Object> settings, Consumer<Deployment> before) {
        Map<String, Object> context = new HashMap<>(context());
        context.putAll(settings);
        App app = new App(AppProps.builder()
                .context(context)
                .analyticsReporting(false)
                .outdir(Project.scratch("assembly").toString())
                .build());
        Deployment deployment = Deployment.of(app, environment, new Packages(STAND_INS));
        before.accept(deployment);
        CloudAssembly assembly = app.synth();
        return new Synthesized(
                template(assembly, deployment.data().getStackName()),
                template(assembly, deployment.portal().getStackName()),
                assembly.getStackByName(deployment.data().getStackName()).getTerminationProtection(),
                errors(assembly));
    }

    private static SynthesizedTemplate template(CloudAssembly assembly, String stack) {
        return new SynthesizedTemplate(
                stack, Path.of(assembly.getStackByName(stack).getTemplateFullPath()));
    }

    /** The messages have no successor yet in the library that deprecates them. */
    @SuppressWarnings("deprecation")
    private static List<String> errors(CloudAssembly assembly) {
        return assembly.getStacks().stream()
                .flatMap(stack -> stack.getMessages().stream())
                .filter(message -> message.getLevel().toString().equalsIgnoreCase("error"))
                .map(message -> message.getId() + " " + message.getEntry().getData())
                .sorted()
                .toList();
    }

    private static Map<String, Object> context() {
        return Project.JSON.convertValue(
                Project.json(Project.ROOT.resolve("infra-cdk/cdk.json")).path("context"), new TypeReference<>() {});
    }
}
