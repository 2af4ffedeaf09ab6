package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import network.cortensor.portal.infra.functions.FunctionPackage;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.telemetry.Metric;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the templates against the packages themselves: what Lambda is told to start and CloudWatch to watch must be in there. */
class BuiltPackagesIT {
    private static final String OURS = "network.cortensor.portal.";

    private final SynthesizedTemplate prod = Synthesized.left("Portal-prod");

    @BeforeEach
    void packagesAreThere() {
        BuiltPackage.assumeAll();
    }

    @Test
    void theWrapperMayBeRun() throws IOException {
        assertThat(BuiltPackage.of(FunctionPackage.INFERENCE_API).mayRun(FunctionPackage.WRAPPER))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatLambdaIsToldToStartIsThere(FunctionPackage name) {
        assertThat(BuiltPackage.of(name).hasMethod(name.entryClass(), name.entryMethod()))
                .isTrue();
    }

    /** Only a function's own package declares what it reads; the libraries that it shares with others are handed values. */
    @ParameterizedTest
    @EnumSource
    void aFunctionIsToldJustWhatItReads(FunctionPackage name) {
        String own = name.entryClass().substring(0, name.entryClass().lastIndexOf('.') + 1);
        Set<String> read = BuiltPackage.of(name).constantsNamed(Variable.class, own).stream()
                .map(Variable::valueOf)
                .filter(Variable::setByDeployment)
                .map(Variable::key)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(prod.variables(name)).containsExactlyElementsOf(read);
    }

    @Test
    void whatAlarmsAndGraphsShowIsEmitted() {
        Set<String> emitted = Arrays.stream(FunctionPackage.values())
                .map(BuiltPackage::of)
                .flatMap(built -> built.constantsNamed(Metric.class, OURS).stream())
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
