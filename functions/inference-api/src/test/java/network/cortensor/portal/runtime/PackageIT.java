package network.cortensor.portal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The zip that Lambda gets. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no run bits")
class PackageIT {
    private static final Path ZIP = Path.of(System.getProperty("portal.function.zip"));

    /** Lambda's limit on a package that is sent with the call; above it a package has to go through S3. */
    private static final long DIRECT_UPLOAD = 50L * 1024 * 1024;

    @TempDir
    private static Path task;

    @BeforeAll
    static void unpack() throws IOException {
        UnpackedPackage.unpack(ZIP, task);
    }

    @Test
    void onlyTheWrapperMayBeRun() throws IOException {
        try (Stream<Path> files = Files.walk(task)) {
            assertThat(files.filter(Files::isRegularFile).filter(Files::isExecutable))
                    .containsExactly(task.resolve("bin/portal"));
        }
    }

    @Test
    void everyJarOfTheFunctionIsInItAndNoneOfItsTests() throws IOException {
        List<String> jars;
        try (Stream<Path> files = Files.list(task.resolve("lib"))) {
            jars = files.map(file -> file.getFileName().toString()).toList();
        }

        assertThat(jars)
                .allMatch(name -> name.endsWith(".jar"))
                .anyMatch(name -> name.startsWith("inference-api-"))
                .anyMatch(name -> name.startsWith("core-"))
                .noneMatch(name -> name.startsWith("testkit-"))
                .noneMatch(name -> name.startsWith("DynamoDBLocal"))
                .noneMatch(name -> name.startsWith("junit-"));
    }

    @Test
    void itIsSmallEnoughToBeSentWithTheCall() throws IOException {
        assertThat(Files.size(ZIP)).isLessThan(DIRECT_UPLOAD);
    }
}
