package network.cortensor.portal.inference;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import network.cortensor.portal.testkit.schedule.Schedule;

/**
 * The way from a worker to everything that it calls: calls take their time and overtake each other, are throttled, are lost, are sent twice as the SDK does, lose their
 * answers, and land long after their caller has given up.
 */
final class OrderNetwork {
    /** When the SDK gives up. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(3);

    private static final int LATEST_MILLIS = 20_000;

    private final Schedule schedule;
    private final RandomGenerator random;
    private final int badness;

    /** @param badness percentage of calls that go wrong */
    OrderNetwork(Schedule schedule, RandomGenerator random, int badness) {
        this.schedule = schedule;
        this.random = random;
        this.badness = badness;
    }

    /** How a call fails for its caller. */
    enum Failing {
        THROTTLED,
        UNANSWERED
    }

    /** What a call comes to: what it returns, or how it fails. */
    record Answer<T>(Optional<T> value, Failing failing) {}

    <T> Answer<T> call(Supplier<T> effect) {
        pause(1 + random.nextInt(10));
        if (random.nextInt(100) >= badness) {
            T value = effect.get();
            pause(1 + random.nextInt(random.nextInt(20) == 0 ? 2_000 : 10));
            return answered(value);
        }
        switch (random.nextInt(5)) {
            case 0 -> {
                return new Answer<>(Optional.empty(), Failing.THROTTLED);
            }
            case 1 -> {
                unanswered(effect);
                pause(1_000);
                return answered(effect.get());
            }
            case 2 -> unanswered(effect);
            case 3 ->
                schedule.at(schedule.instant().plusMillis(random.nextInt(LATEST_MILLIS)), () -> unanswered(effect));
            default -> {}
        }
        schedule.pause(GIVEN_UP);
        return new Answer<>(Optional.empty(), Failing.UNANSWERED);
    }

    /** It happens, and nobody hears of it. */
    private static <T> void unanswered(Supplier<T> effect) {
        var _ = effect.get();
    }

    private static <T> Answer<T> answered(T value) {
        return new Answer<>(Optional.of(value), Failing.UNANSWERED);
    }

    private void pause(int millis) {
        schedule.pause(Duration.ofMillis(millis));
    }
}
