package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import network.cortensor.portal.infra.environment.Environments;
import network.cortensor.portal.infra.functions.FunctionPackage;
import network.cortensor.portal.settings.Variable;
import network.cortensor.portal.telemetry.Metric;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the templates against the packages themselves: what Lambda is told to start, to set and to watch must be in there. */
class BuiltPackagesTest {
    private final Template prod = Synthesized.of(Environments.prod()).portal();

    @BeforeEach
    void packagesAreThere() {
        assumeTrue(
                Arrays.stream(FunctionPackage.values()).map(BuiltPackage::place).allMatch(Files::exists),
                "the functions are not built (mvn verify in the project's folder builds them first)");
    }

    @Test
    void theWrapperMayBeRun() throws IOException {
        assertThat(BuiltPackage.of(FunctionPackage.INFERENCE_API).mayRun(FunctionPackage.WRAPPER))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatLambdaIsToldToStartIsThere(FunctionPackage name) {
        String[] handler = name.handler().split("::");
        BuiltPackage built = BuiltPackage.of(name);

        assertThat(built.classes()).contains(handler[0]);
        assertThat(built.hasMethod(handler[0], handler.length == 1 ? "main" : handler[1]))
                .isTrue();
    }

    /** Only a function's own package reads the environment; the libraries that it shares with others are handed values. */
    @ParameterizedTest
    @EnumSource
    void aFunctionIsToldJustWhatItReads(FunctionPackage name) {
        String own = name.handler().replaceFirst("\\.[A-Z].*", ".");
        Set<String> read = BuiltPackage.of(name).constantsNamed(Variable.class, own).stream()
                .map(Variable::valueOf)
                .filter(Variable::setByDeployment)
                .map(Variable::key)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(told(name)).isEqualTo(read);
    }

    @Test
    void whatAnAlarmWatchesIsEmitted() {
        Set<String> emitted = Arrays.stream(FunctionPackage.values())
                .map(BuiltPackage::of)
                .flatMap(built -> built.constantsNamed(Metric.class, "network.cortensor.portal.").stream())
                .map(metric -> Metric.valueOf(metric).cloudWatchName())
                .collect(Collectors.toCollection(TreeSet::new));
        Pattern ours = Pattern.compile("\"MetricName\":\"(\\w+)\",\"Namespace\":\"CortensorPortal/prod\"");
        Set<String> watched = prod.properties("AWS::CloudWatch::Alarm").stream()
                .flatMap(alarm -> ours.matcher(alarm.toString()).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(watched).isNotEmpty();
        assertThat(emitted).containsAll(watched);
    }

    @Test
    void theCodesThatAnAlarmCountsAreThoseOfAnswers() {
        BuiltPackage built = BuiltPackage.of(FunctionPackage.INFERENCE_API);
        Pattern code = Pattern.compile("\"Dimensions\":\\[\\{\"Name\":\"code\",\"Value\":\"(\\w+)\"");
        Set<String> counted = code
                .matcher(prod.one("AWS::CloudWatch::Alarm", "AlarmsFailedAnswers").toString())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(counted).hasSize(3).allMatch(built::says);
    }

    private Set<String> told(FunctionPackage name) {
        JsonNode variables = prod.properties("AWS::Lambda::Function").stream()
                .filter(function -> function.path("Handler").asText().equals(name.handler()))
                .findFirst()
                .orElseThrow()
                .at("/Environment/Variables");
        return variables.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.startsWith("AWS_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
