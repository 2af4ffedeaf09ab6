package network.cortensor.portal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import network.cortensor.portal.runtime.RuntimeConfig.Compute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeConfigTest {
    @Test
    void itIsWhatLambdaSays() {
        assertThat(RuntimeConfig.of(Map.of("AWS_LAMBDA_RUNTIME_API", "169.254.100.1:9001")))
                .isEqualTo(new RuntimeConfig("169.254.100.1", 9001, new Compute.OnDemand()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-demand", "provisioned-concurrency", ""})
    void onlySnapStartWaitsForARestore(String type) {
        Map<String, String> environment =
                Map.of("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001", "AWS_LAMBDA_INITIALIZATION_TYPE", type);

        assertThat(RuntimeConfig.of(environment).compute()).isEqualTo(new Compute.OnDemand());
    }

    @Test
    void snapStartWaitsForARestore() {
        Map<String, String> environment =
                Map.of("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001", "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

        assertThat(RuntimeConfig.of(environment).compute()).isEqualTo(new Compute.SnapStart());
    }

    @Test
    void aConcurrencyMeansManagedInstances() {
        Map<String, String> environment = Map.of(
                "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001",
                "AWS_LAMBDA_INITIALIZATION_TYPE", "lambda-managed-instances",
                "AWS_LAMBDA_MAX_CONCURRENCY", "64");

        assertThat(RuntimeConfig.of(environment).compute()).isEqualTo(new Compute.ManagedInstances(64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "x", "1.5", "100000"})
    void aConcurrencyIsAPositiveNumber(String concurrency) {
        Map<String, String> environment =
                Map.of("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001", "AWS_LAMBDA_MAX_CONCURRENCY", concurrency);

        assertThatThrownBy(() -> RuntimeConfig.of(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", ":9001", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:0", "127.0.0.1:65536"})
    void anAddressIsHostAndPort(String api) {
        assertThatThrownBy(() -> RuntimeConfig.of(Map.of("AWS_LAMBDA_RUNTIME_API", api)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void withoutAnAddressThereIsNoLambda() {
        assertThatThrownBy(() -> RuntimeConfig.of(Map.of()))
                .hasMessage("AWS_LAMBDA_RUNTIME_API: '' (expected: host:port)");
    }
}
