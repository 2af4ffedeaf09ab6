package network.cortensor.portal.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import network.cortensor.portal.exploration.Explorer;
import network.cortensor.portal.usage.SmallUsageWorld.Limited;
import network.cortensor.portal.usage.SmallUsageWorld.Size;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The protocol of {@link Ledger} in every order of everything that may happen, for two workers and two or three requests of one key that may have one in
 * flight, or two a minute. What the simulation draws at random is there on a smaller scale; tokens, weeks, clocks that differ and whether a refusal was
 * needed are left to it.
 */
class UsageExplorationTest {
    private static final int MOST_STATES = 400_000;

    /** The worlds that are explored. */
    enum Small {
        TWO_REQUESTS_AND_A_LOST_CALL,
        TWO_REQUESTS_A_CRASH_AND_MIDNIGHT,
        TWO_REQUESTS_A_CRASH_AND_A_LOST_CALL,
        THREE_REQUESTS_AND_A_LOST_CALL,
        THREE_REQUESTS_A_CRASH_AND_MIDNIGHT,
        THREE_REQUESTS_A_CRASH_A_LOST_CALL_AND_MIDNIGHT,
        THREE_REQUESTS_A_CRASH_AND_TWO_SECONDS_OF_A_MINUTE;

        private Size size() {
            return switch (this) {
                case TWO_REQUESTS_AND_A_LOST_CALL -> new Size(2, 2, Limited.ONE_IN_FLIGHT, List.of(), 1, 0);
                case TWO_REQUESTS_A_CRASH_AND_MIDNIGHT -> new Size(2, 2, Limited.ONE_IN_FLIGHT, List.of(30, 420), 0, 1);
                case TWO_REQUESTS_A_CRASH_AND_A_LOST_CALL -> new Size(2, 2, Limited.ONE_IN_FLIGHT, List.of(420), 1, 1);
                case THREE_REQUESTS_AND_A_LOST_CALL -> new Size(2, 3, Limited.ONE_IN_FLIGHT, List.of(), 1, 0);
                case THREE_REQUESTS_A_CRASH_AND_MIDNIGHT ->
                    new Size(2, 3, Limited.ONE_IN_FLIGHT, List.of(30, 420), 0, 1);
                case THREE_REQUESTS_A_CRASH_A_LOST_CALL_AND_MIDNIGHT ->
                    new Size(2, 3, Limited.ONE_IN_FLIGHT, List.of(420), 1, 1);
                case THREE_REQUESTS_A_CRASH_AND_TWO_SECONDS_OF_A_MINUTE ->
                    new Size(2, 3, Limited.TWO_A_MINUTE, List.of(2), 0, 1);
            };
        }

        Explorer.Result explored(UsageRules rules) {
            return new Explorer<>(new SmallUsageWorld(size(), rules), MOST_STATES).explore();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noMoreAreAtWorkThanMayBeAndEveryTaskIsAccountedForOnce(Small small, TestReporter reporter) {
        Explorer.Result result = small.explored(UsageRules.OURS);

        reporter.publishEntry(small.name(), result.states() + " states, " + result.steps() + " steps");
        assertThat(result.violation()).isEmpty();
        assertThat(result.states()).isGreaterThan(100);
    }

    @ParameterizedTest(name = "a protocol that does not {0} is caught")
    @EnumSource
    void aProtocolWithoutOneOfItsRulesIsCaught(BrokenUsageRules rules, TestReporter reporter) {
        String way = Arrays.stream(Small.values())
                .flatMap(small -> small.explored(rules).violation().stream())
                .findFirst()
                .orElse("");

        assertThat(way).isNotEmpty();
        reporter.publishEntry(rules.toString(), way.lines().count() + " steps");
    }
}
