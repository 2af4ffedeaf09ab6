package network.cortensor.portal.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorRowTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            value = {
                "INVALID_REQUEST, 400, invalid_request_error, -, invalid_request_error",
                "CONTEXT_LENGTH_EXCEEDED, 400, invalid_request_error, context_length_exceeded, invalid_request_error",
                "CONTENT_POLICY_VIOLATION, 400, invalid_request_error, content_policy_violation, invalid_request_error",
                "REQUEST_TOO_LARGE, 413, invalid_request_error, request_too_large, request_too_large",
                "INVALID_API_KEY, 401, invalid_request_error, invalid_api_key, authentication_error",
                "MODEL_NOT_FOUND, 404, invalid_request_error, model_not_found, not_found_error",
                "MODEL_RETIRED, 404, invalid_request_error, model_retired, not_found_error",
                "NOT_FOUND, 404, invalid_request_error, not_found, not_found_error",
                "METHOD_NOT_ALLOWED, 405, invalid_request_error, method_not_allowed, invalid_request_error",
                "RATE_LIMIT_EXCEEDED, 429, rate_limit_error, rate_limit_exceeded, rate_limit_error",
                "MODEL_UNAVAILABLE, 503, server_error, model_unavailable, overloaded_error",
                "MODEL_OVERLOADED, 503, server_error, model_overloaded, overloaded_error",
                "SERVICE_UNAVAILABLE, 503, server_error, service_unavailable, api_error",
                "UPSTREAM_ERROR, 502, server_error, upstream_error, api_error",
                "UPSTREAM_TIMEOUT, 504, server_error, upstream_timeout, timeout_error",
                "SERVER_ERROR, 500, server_error, -, api_error"
            })
    void isWhatProgramsRelyOn(ErrorRow row, int status, String type, String code, String anthropicType) {
        assertThat(row.status()).isEqualTo(status);
        assertThat(row.type()).isEqualTo(type);
        assertThat(row.code().orElse(null)).isEqualTo(code);
        assertThat(row.anthropicType()).isEqualTo(anthropicType);
    }

    /** SDKs retry 408, 409, 429 and 5xx by themselves. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void noRowLetsSdksRepeatInVain(ErrorRow row) {
        boolean theirFault = row.status() < 500 && row != ErrorRow.RATE_LIMIT_EXCEEDED;
        boolean pathOrMethod = row == ErrorRow.NOT_FOUND || row == ErrorRow.METHOD_NOT_ALLOWED;

        if (theirFault && !pathOrMethod) {
            assertThat(row.retry().headers()).isEqualTo(Map.of("x-should-retry", "false"));
        }
    }

    @Test
    void aLimitSaysWhenToComeBack() {
        assertThat(ApiError.rateLimitExceeded("This key is at its limit.", Duration.ofMillis(2_100))
                        .headers())
                .isEqualTo(Map.of("retry-after", "3"));
    }
}
