package network.cortensor.portal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
    @Test
    void everyMissingVariableIsNamedAtOnce() {
        assertThatThrownBy(() -> Variables.of(
                        EnumSet.of(Variable.TABLE_MODELS, Variable.TABLE_POOLS, Variable.REGION),
                        Map.of("AWS_REGION", "eu-central-1", "PORTAL_TABLE_POOLS", " ")))
                .isInstanceOf(BadSettings.class)
                .hasMessage("PORTAL_TABLE_MODELS: not set (expected: the name of a table); "
                        + "PORTAL_TABLE_POOLS: not set (expected: the name of a table)");
    }

    @Test
    void aVariableThatWasNotDeclaredCannotBeRead() {
        Variables variables = Variables.of(EnumSet.noneOf(Variable.class), Map.of("AWS_REGION", "eu-central-1"));

        assertThatThrownBy(() -> variables.text(Variable.REGION)).hasMessageContaining("AWS_REGION is not declared");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "TRUE", "on"})
    void aFlagThatIsNeitherTrueNorFalseIsRefusedWithoutItsValue(String value) {
        Variables variables = Variables.of(EnumSet.of(Variable.MODELS_OPEN), Map.of("PORTAL_MODELS_OPEN", value));

        assertThatThrownBy(() -> variables.flag(Variable.MODELS_OPEN))
                .isInstanceOf(BadSettings.class)
                .hasMessageStartingWith("PORTAL_MODELS_OPEN: has a bad value")
                .hasMessageNotContaining(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "3.5", "many", "12345678901"})
    void aNumberThatIsNoneIsRefused(String value) {
        Variables variables =
                Variables.of(EnumSet.of(Variable.DEEP_PROBES_PER_TICK), Map.of("PORTAL_DEEP_PROBES_PER_TICK", value));

        assertThatThrownBy(() -> variables.number(Variable.DEEP_PROBES_PER_TICK))
                .isInstanceOf(BadSettings.class);
    }

    @Test
    void wordsAreSplitAtCommasAndNoneIsNoWord() {
        Variables variables = Variables.of(
                EnumSet.of(Variable.ROUTER_HOSTS, Variable.PLAIN_HTTP_HOSTS),
                Map.of("PORTAL_ROUTER_HOSTS", "a.example, b.example:5010,", "PORTAL_PLAIN_HTTP_HOSTS", "none"));

        assertThat(variables.words(Variable.ROUTER_HOSTS)).containsExactlyInAnyOrder("a.example", "b.example:5010");
        assertThat(variables.words(Variable.PLAIN_HTTP_HOSTS)).isEmpty();
    }
}
