package network.cortensor.portal.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final RequestId REQUEST = new RequestId("req_" + "0123456789abcdef".repeat(2));

    /** Each number is one that a broken item or a lying server may bring in. */
    @ParameterizedTest
    @ValueSource(longs = {4_294_967_295L, Long.MAX_VALUE, Long.MAX_VALUE - 7, Long.MIN_VALUE, -1})
    void noSumRunsOver(long absurd) {
        OpenRequest open = new OpenRequest(REQUEST, Math.max(0, absurd));
        Counters counters = Counters.none("acme").at(NOW);
        for (String key : new String[] {"key-1", "key-2", "key-3"}) {
            counters = counters.entered(key, open)
                    .left(key, open, new Totals(absurd, absurd, absurd))
                    .entered(key, open);
        }
        Counters later = counters.at(NOW.plusSeconds(20_000)).at(NOW.plusSeconds(90_000));

        for (Counters each : new Counters[] {counters, later}) {
            Use use = each.use();
            assertThat(use.tokens().total()).isBetween(-SaturatingSums.MOST, SaturatingSums.MOST);
            assertThat(use.tokens().past().newestFirst()).allMatch(count -> count >= 0 && count <= SaturatingSums.MOST);
            assertThat(each.key("key-1").month().plus(each.key("key-1").today()).tokens())
                    .isBetween(-SaturatingSums.MOST, SaturatingSums.MOST);
        }
        if (absurd > 0) {
            assertThat(counters.use().tokens().total()).isGreaterThanOrEqualTo(Math.min(absurd, SaturatingSums.MOST));
        }
    }
}
