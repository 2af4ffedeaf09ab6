package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.infra.functions.FunctionPackage;
import network.cortensor.portal.telemetry.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the templates against the packages themselves: what Lambda is told to start and CloudWatch to watch must be in there. */
class BuiltPackagesIT {
    private final Template prod = Synthesized.left("Portal-prod");

    @Test
    void theWrapperMayBeRun() throws IOException {
        assertThat(BuiltPackage.of(FunctionPackage.INFERENCE_API).mayRun(FunctionPackage.WRAPPER))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = "CATALOG_HISTORY", mode = EnumSource.Mode.EXCLUDE)
    void whatLambdaIsToldToStartIsThere(FunctionPackage name) {
        assertThat(BuiltPackage.of(name).hasMethod(name.entryClass(), name.entryMethod()))
                .isTrue();
    }

    @Test
    void whatAlarmsAndGraphsShowIsEmitted() {
        Set<String> emitted = Stream.of(FunctionPackage.INFERENCE_API, FunctionPackage.HEALTH_PROBER)
                .map(BuiltPackage::of)
                .flatMap(built -> built.constantsNamed(Metric.class).stream())
                .map(metric -> Metric.valueOf(metric).cloudWatchName())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> shown = Arrays.stream(Metric.values())
                .map(Metric::cloudWatchName)
                .filter(name -> prod.text().matches("(?s).*\\b" + name + "\\b.*"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(emitted).containsAll(shown);
    }
}
