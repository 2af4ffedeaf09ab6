package network.cortensor.portal.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import network.cortensor.portal.catalog.Problem;
import org.junit.jupiter.api.Test;

class BadItemsTest {
    private static final Problem PROBLEM =
            new Problem("pool p", "state", "missing (expected: a state)", Problem.Severity.ERROR);

    private final List<Line> lines = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");
    private final BadItems badItems = new BadItems(lines::add, () -> now);

    @Test
    void aProblemIsLoggedWithItemFieldAndExpectationAndCounted() {
        badItems.report(List.of(PROBLEM));

        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.event()).isEqualTo("bad_item");
            assertThat(line.keys())
                    .containsEntry("item", "pool p")
                    .containsEntry("field", "state")
                    .containsEntry("complaint", "missing (expected: a state)");
            assertThat(line.metrics()).containsEntry(Metric.BAD_ITEMS, 1.0);
        });
    }

    @Test
    void aProblemIsLoggedOnceAMinuteHoweverOftenItIsMet() {
        badItems.report(List.of(PROBLEM, PROBLEM));
        now = now.plus(Duration.ofSeconds(59));
        badItems.report(List.of(PROBLEM));
        assertThat(lines).hasSize(1);

        now = now.plus(Duration.ofSeconds(1));
        badItems.report(List.of(PROBLEM));
        assertThat(lines).hasSize(2);
    }

    @Test
    void anotherProblemOfTheSameItemIsLoggedAtOnce() {
        badItems.report(
                List.of(PROBLEM, new Problem("pool p", "streaming", "\"on\" (expected: …)", Problem.Severity.ERROR)));

        assertThat(lines).hasSize(2);
    }
}
