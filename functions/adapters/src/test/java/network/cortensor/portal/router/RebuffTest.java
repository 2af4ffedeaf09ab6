package network.cortensor.portal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RebuffTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "17 | PT17S",
                " 17  | PT17S",
                "0.5 | PT0.5S",
                "0 | PT5S",
                "86400 | PT10M",
                "Sun, 29 Nov 2026 12:00:30 GMT | PT30S",
                "Sun, 29 Nov 2026 11:00:00 GMT | PT5S",
                "Mon, 29 Nov 2027 12:00:00 GMT | PT10M"
            })
    void aWaitIsReadAndClipped(String header, Duration wait) {
        assertThat(Rebuff.retryAfter(header, NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1e9", "9999999999", "Sun, 31 Feb 2026 12:00:00 GMT"})
    void whatIsNoWaitIsNone(String header) {
        assertThat(Rebuff.retryAfter(header, NOW)).isEmpty();
    }
}
