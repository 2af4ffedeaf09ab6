package network.cortensor.portal.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:34:56Z");

    @Test
    void whereThereIsNoDataNothingIsSaid() {
        Figures figures = Figures.none(NOW);

        assertThat(figures.hours()).hasSize(24).allMatch(Optional::isEmpty);
        assertThat(figures.days()).hasSize(30).allMatch(Optional::isEmpty);
        assertThat(figures.lastDay()).isEmpty();
        assertThat(figures.lastMonth()).isEmpty();
    }

    @Test
    void aFewRequestsAreNotShownByThemselvesAndCountTogether() {
        Map<Instant, ActivitySums> sums = Map.of(
                Instant.parse("2026-11-29T12:00:00Z"), new ActivitySums(4, 4, Map.of(4, 4L)),
                Instant.parse("2026-11-29T11:00:00Z"), new ActivitySums(4, 0, Map.of()));

        Figures figures = Figures.of(sums, NOW);

        assertThat(figures.hours()).allMatch(Optional::isEmpty);
        assertThat(figures.days().getLast().orElseThrow().answered()).isEqualTo(0.5);
        assertThat(figures.lastDay()).isEqualTo(figures.days().getLast());
    }

    @Test
    void hoursAndDaysStandWhereTheyBelongOldestFirst() {
        Map<Instant, ActivitySums> sums = new HashMap<>();
        sums.put(Instant.parse("2026-11-29T12:00:00Z"), new ActivitySums(10, 10, Map.of()));
        sums.put(Instant.parse("2026-11-28T13:00:00Z"), new ActivitySums(10, 5, Map.of()));
        sums.put(Instant.parse("2026-11-28T12:00:00Z"), new ActivitySums(10, 0, Map.of()));
        sums.put(Instant.parse("2026-10-31T00:00:00Z"), new ActivitySums(10, 7, Map.of()));
        sums.put(Instant.parse("2026-10-30T23:00:00Z"), new ActivitySums(10, 0, Map.of()));

        Figures figures = Figures.of(sums, NOW);

        assertThat(figures.hours().getLast().orElseThrow().answered()).isEqualTo(1.0);
        assertThat(figures.hours().getFirst().orElseThrow().answered()).isEqualTo(0.5);
        assertThat(figures.lastDay().orElseThrow().answered()).isEqualTo(0.75);
        assertThat(figures.days().getFirst().orElseThrow().answered()).isEqualTo(0.7);
        assertThat(figures.days().get(28).orElseThrow().answered()).isEqualTo(0.25);
        assertThat(Figures.firstDay(NOW)).isEqualTo(LocalDate.of(2026, 10, 31));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 125, 180, 400, 950, 2_000, 7_777, 60_000, 285_000})
    void aMedianIsAtMostAFifthOff(long millis) {
        ActivitySums sums = ActivitySums.NONE;
        for (int request = 0; request < 9; request++) {
            sums = sums.plus(ActivitySums.of(true, Optional.of(Duration.ofMillis(millis))));
        }

        double median = sums.medianFirstToken().orElseThrow().toMillis();
        double honest = Math.max(125.0, (double) millis);
        assertThat(median).isCloseTo(honest, within(honest * 0.2));
    }

    /** At once after a pause, then once in five minutes, and nothing is lost or counted twice. */
    @Test
    void aWorkerWritesItsSumsSeldomAndAllOfThem() {
        List<Instant> writes = new ArrayList<>();
        Map<Instant, ActivitySums> kept = new HashMap<>();
        Instant[] now = {NOW};
        Tallies tallies = new Tallies(new ActivityStore() {
            @Override
            public boolean add(String alias, Instant hour, ActivitySums sums) {
                writes.add(now[0]);
                kept.merge(hour, sums, ActivitySums::plus);
                return true;
            }

            @Override
            public Map<Instant, ActivitySums> read(String alias, LocalDate first, LocalDate last) {
                return kept;
            }
        });

        for (int request = 0; request <= 90; request++) {
            tallies.count("m", ActivitySums.of(request % 2 == 0, Optional.empty()), now[0]);
            now[0] = now[0].plusSeconds(20);
        }

        assertThat(writes).hasSize(7);
        assertThat(kept.values().stream().reduce(ActivitySums.NONE, ActivitySums::plus))
                .isEqualTo(new ActivitySums(91, 46, Map.of()));
        assertThat(kept).hasSize(2);
    }
}
