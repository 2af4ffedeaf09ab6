package network.cortensor.portal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start script, with a stand-in for the JVM that prints how it was called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is Lambda's, which is Linux")
class WrapperTest {
    private static final Path SCRIPT = Path.of("src/main/lambda/portal");

    @TempDir
    private Path directory;

    private Path wrapper;
    private Path home;

    @BeforeEach
    void lay() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("a task").resolve("bin"));
        wrapper = executable(bin.resolve("portal"), Files.readString(SCRIPT));
        home = directory.resolve("jdk");
        Files.createDirectories(home.resolve("bin"));
        executable(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n");
    }

    @Test
    void itIgnoresTheManagedRuntimesCommandLine() throws Exception {
        List<String> called = call(Map.of("JAVA_HOME", home.toString()), "/var/lang/bin/java", "-jar", "managed.jar");

        assertThat(called)
                .startsWith(home.resolve("bin/java").toString())
                .doesNotContain("managed.jar")
                .endsWith("-cp", wrapper.getParent() + "/../lib/*", "network.cortensor.portal.inference.InferenceMain");
    }

    @Test
    void theHeapIsThreeQuartersOfTheFunctionsMemory() throws Exception {
        Map<String, String> environment =
                Map.of("JAVA_HOME", home.toString(), "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "2048");

        assertThat(call(environment)).contains("-Xmx1536m").doesNotContain("-XX:MaxRAMPercentage=50");
    }

    @Test
    void withoutAMemorySizeTheHeapIsHalfOfTheMachines() throws Exception {
        assertThat(call(Map.of("JAVA_HOME", home.toString())))
                .contains("-XX:MaxRAMPercentage=50")
                .noneMatch(argument -> argument.startsWith("-Xmx"));
    }

    @Test
    void theHeapBeginsSmallWhateverTheMachineHas() throws Exception {
        assertThat(call(Map.of("JAVA_HOME", home.toString()))).contains("-Xms40m");
    }

    @Test
    void withoutAJavaHomeTheJvmIsFoundOnThePath() throws Exception {
        assertThat(call(Map.of("PATH", home.resolve("bin").toString()))).contains("-XX:+UseSerialGC");
    }

    private List<String> call(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(wrapper.toString()));
        command.addAll(List.of(arguments));
        try (FunctionProcess process = FunctionProcess.start(command, new HashMap<>(environment))) {
            assertThat(process.exitStatus()).as(process.output()).isZero();
            return process.output().lines().toList();
        }
    }

    private static Path executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
