package network.cortensor.portal.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void hoursPassWithoutWaiting() throws InterruptedException {
        Schedule schedule = new Schedule(START, new SplittableRandom(1));
        schedule.start("sleeper", START, () -> schedule.pause(Duration.ofHours(5)));

        schedule.run();

        assertThat(schedule.instant()).isEqualTo(START.plus(Duration.ofHours(5)));
    }

    @Test
    void whoeverIsDueFirstGoesOnFirst() throws InterruptedException {
        List<String> said = new ArrayList<>();
        Schedule schedule = new Schedule(START, new SplittableRandom(1));
        schedule.start("slow", START, () -> {
            schedule.pause(Duration.ofSeconds(2));
            said.add("slow");
        });
        schedule.start("quick", START.plusMillis(1500), () -> said.add("quick"));
        schedule.at(START.plusSeconds(1), () -> said.add("event"));

        schedule.run();

        assertThat(said).containsExactly("event", "quick", "slow");
    }

    @Test
    void oneSeedIsOneInterleavingAndAnotherSeedAnother() throws InterruptedException {
        Set<String> interleavings = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            String first = interleaving(seed);
            assertThat(interleaving(seed)).isEqualTo(first);
            interleavings.add(first);
        }

        assertThat(interleavings).hasSizeGreaterThan(15);
    }

    private static String interleaving(long seed) throws InterruptedException {
        StringBuilder said = new StringBuilder();
        Schedule schedule = new Schedule(START, new SplittableRandom(seed));
        for (String name : List.of("a", "b", "c")) {
            schedule.start(name, START, () -> {
                for (int step = 0; step < 5; step++) {
                    said.append(schedule.actor());
                    schedule.pause(Duration.ZERO);
                }
            });
        }
        schedule.run();
        return said.toString();
    }

    @Test
    void aSkewedClockRunsAheadOfTheVirtualTime() {
        Schedule schedule = new Schedule(START, new SplittableRandom(1));

        assertThat(schedule.clock(Duration.ofSeconds(-3)).instant()).isEqualTo(START.minusSeconds(3));
    }

    @Test
    void theFailureOfAnActorEndsTheOthersAndIsReported() {
        List<String> ended = new ArrayList<>();
        Schedule schedule = new Schedule(START, new SplittableRandom(1));
        schedule.start("waits", START, () -> {
            schedule.pause(Duration.ofDays(1));
            ended.add("waits");
        });
        schedule.start("breaks", START.plusSeconds(1), () -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(schedule::run)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("breaks")
                .hasRootCauseMessage("broken");
        assertThat(ended).isEmpty();
    }

    @Test
    void theFailureOfAnEventIsReported() {
        Schedule schedule = new Schedule(START, new SplittableRandom(1));
        schedule.start("waits", START, () -> schedule.pause(Duration.ofDays(1)));
        schedule.at(START.plusSeconds(1), () -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(schedule::run).hasRootCauseMessage("broken");
    }
}
