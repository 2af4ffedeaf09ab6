package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.infra.CommandLine.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes the templates as deployers do: with the pinned command line and with what the whole build left. */
class SynthIT {
    private static final List<String> STACKS = List.of("PortalData-dev", "Portal-dev");

    @TempDir
    private Path folder;

    @BeforeEach
    void packagesAreThere() {
        BuiltPackage.assumeAll();
    }

    @Test
    void theSameSourceGivesTheSameTemplates() throws IOException, InterruptedException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");

        assertThat(synth("dev", first).exit()).isZero();
        assertThat(synth("dev", second).exit()).isZero();

        for (String stack : STACKS) {
            assertThat(template(first, stack).text())
                    .isEqualTo(template(second, stack).text());
        }
    }

    @Test
    void thePinnedCommandLineMakesThemToo() throws IOException, InterruptedException {
        Run installed = CommandLine.install();
        assumeTrue(installed.exit() == 0, () -> "npm ci cannot install the CDK command line here: " + installed.said());
        Run version = CommandLine.run(Map.of(), "node_modules/.bin/cdk", "--version");
        Run made = CommandLine.run(
                Map.of(),
                "node_modules/.bin/cdk",
                "synth",
                "--no-notices",
                "--quiet",
                "-c",
                "environment=dev",
                "--output",
                folder.toString());

        assertThat(version.said()).startsWith(CommandLine.pinned());
        assertThat(made.exit()).as(made.said()).isZero();
        for (String stack : STACKS) {
            assertThat(template(folder, stack).resources()).isNotEmpty();
        }
    }

    @Test
    void aWrongEnvironmentIsOneClearLine() throws IOException, InterruptedException {
        assertThat(synth("production", folder))
                .isEqualTo(new Run(1, "environment: production (expected: dev, staging, prod)\n"));
    }

    private static SynthesizedTemplate template(Path folder, String stack) {
        Path file = folder.resolve(stack + ".template.json");
        assertThat(Files.exists(file)).as(file.toString()).isTrue();
        return new SynthesizedTemplate(stack, file);
    }

    /**
     * What the command line hands over: the settings of cdk.json and those of {@code -c}. Without CDK's own rules on templates, whose engine takes each process
     * five seconds to load: they are held by the tests of all environments, which share one process, and by the command line's run.
     */
    private static Run synth(String environment, Path templates) throws IOException, InterruptedException {
        String settings = Project.json(CommandLine.FOLDER.resolve("cdk.json"))
                .path("context")
                .toString();
        String context = "{\"environment\":\"" + environment + "\"," + settings.substring(1);
        return CommandLine.run(
                Map.of("CDK_CONTEXT_JSON", context, "CDK_OUTDIR", templates.toString(), "CDK_VALIDATION", "false"),
                "./synth");
    }
}
