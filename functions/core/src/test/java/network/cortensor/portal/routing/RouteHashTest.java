package network.cortensor.portal.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import network.cortensor.portal.model.Route;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that were computed elsewhere. If one changes, customers move to other pools, in every deployment, at once. */
class RouteHashTest {
    @ParameterizedTest
    @CsvSource({
        "'', f52a15e9a9b5e89b",
        "a, 02c0bdbf481420f8",
        "mödel 😀, 2b1f9c326c4c978e",
    })
    void theHashNeverChanges(String text, String hash) {
        assertThat(RouteHash.hash(text)).isEqualTo(Long.parseUnsignedLong(hash, 16));
    }

    @ParameterizedTest
    @CsvSource({
        "customer-1, 86.1053294897771",
        "customer-2, 4872.097769517201",
        "customer-3, 122.61048484122985",
        "customer-8, 453.95717808401895",
    })
    void theScoreNeverChanges(String customer, double score) {
        assertThat(RouteHash.score(customer, "gpt-oss-20b", new Route("a", 70)))
                .isCloseTo(score, within(score * 1e-12));
    }
}
