package network.cortensor.portal.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import network.cortensor.portal.exploration.Explorer;
import network.cortensor.portal.slots.SmallSlotWorld.Sessions;
import network.cortensor.portal.slots.SmallSlotWorld.Size;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The protocol of {@link Slots} in every order of everything that may happen, for a few workers, sessions and requests. What the simulation draws at random
 * is all there here, though on a smaller scale.
 */
class SlotExplorationTest {
    private static final int MOST_STATES = 400_000;

    /**
     * The worlds that are explored, the largest last: a broken protocol is looked for in them one after another. In two of the worlds leases expire: that takes
     * three steps of time and two requests, or a capacity that is lowered.
     */
    enum Small {
        ONE_SESSION_BY_TWO_NAMES,
        A_CAPACITY_LOWERED_FROM_TWO_TO_ONE,
        A_CAPACITY_LOWERED_FROM_THREE_TO_TWO,
        THREE_REQUESTS_AND_A_LOST_CALL,
        THREE_REQUESTS,
        TWO_REQUESTS_A_CRASH_AND_A_LOST_CALL,
        THREE_REQUESTS_A_CRASH_AND_A_LOST_CALL;

        private Size size() {
            return switch (this) {
                case ONE_SESSION_BY_TWO_NAMES -> new Size(2, Sessions.ONE_BY_TWO_NAMES, 2, 2, 0, 0);
                case A_CAPACITY_LOWERED_FROM_TWO_TO_ONE -> new Size(2, Sessions.ONE_FROM_TWO_TO_ONE, 2, 1, 1, 0);
                case TWO_REQUESTS_A_CRASH_AND_A_LOST_CALL -> new Size(2, Sessions.TWO, 2, 3, 1, 1);
                case THREE_REQUESTS_A_CRASH_AND_A_LOST_CALL -> new Size(2, Sessions.TWO, 3, 1, 1, 1);
                case THREE_REQUESTS_AND_A_LOST_CALL -> new Size(2, Sessions.TWO, 3, 0, 1, 0);
                case THREE_REQUESTS -> new Size(2, Sessions.TWO, 3, 2, 0, 0);
                case A_CAPACITY_LOWERED_FROM_THREE_TO_TWO -> new Size(3, Sessions.ONE_FROM_THREE_TO_TWO, 3, 0, 0, 0);
            };
        }

        Explorer.Result explored(Rules rules, Conditions conditions) {
            return new Explorer<>(new SmallSlotWorld(size(), rules, conditions), MOST_STATES).explore();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noSessionIsEverOverfilled(Small small, TestReporter reporter) {
        Explorer.Result result = small.explored(Rules.OURS, Conditions.REQUIRED);

        reporter.publishEntry(small.name(), result.states() + " states, " + result.steps() + " steps");
        assertThat(result.violation()).isEmpty();
        assertThat(result.states()).isGreaterThan(100);
    }

    @ParameterizedTest(name = "a protocol that does not {0} is caught")
    @EnumSource
    void aProtocolWithoutOneOfItsRulesIsCaught(BrokenRules rules, TestReporter reporter) {
        String way = Arrays.stream(Small.values())
                .flatMap(small -> small.explored(rules, rules.conditions()).violation().stream())
                .findFirst()
                .orElse("");

        assertThat(way).isNotEmpty();
        reporter.publishEntry(rules.toString(), way);
    }
}
