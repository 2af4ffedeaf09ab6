package network.cortensor.portal.health.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The comparison from which production's strategy was chosen; {@code -Dportal.rewrite=true} writes it anew. */
class StrategyComparisonTest {
    private static final Path REPORT = Path.of("src", "test", "resources", "strategy-report.md");
    private static final long SEED = 20261123;

    @Test
    void theReportSaysWhatEachStrategyDoesNow() throws IOException {
        String report = StrategyReport.of(SEED);
        if (Boolean.getBoolean("portal.rewrite")) {
            Files.writeString(REPORT, report);
        }

        assertThat(report)
                .as("%s is out of date: run this test with -Dportal.rewrite=true and read what changed", REPORT)
                .isEqualTo(Files.readString(REPORT));
    }
}
