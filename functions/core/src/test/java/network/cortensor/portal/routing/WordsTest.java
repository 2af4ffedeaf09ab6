package network.cortensor.portal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Words that customers, logs and operators read. */
class WordsTest {
    @Test
    void wordsAreTheNamesInLowerCase() {
        assertThat(Availability.UNAVAILABLE.word()).isEqualTo("unavailable");
        assertThat(TargetVerdict.SESSION_ENDS.word()).isEqualTo("session_ends");
        assertThat(RouteScore.Openness.NO_OPEN_TARGET.word()).isEqualTo("no_open_target");
    }
}
