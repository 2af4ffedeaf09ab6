package network.cortensor.portal.slots;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import network.cortensor.portal.model.Session;

/** The catalog as it was edited over time: workers see it up to 5 s late. */
final class Operators {
    /** How old a worker's view may be. */
    static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    private static final int HIGHEST_CAPACITY = 4;
    private static final List<Duration> ATTEMPTS = List.of(Duration.ofSeconds(20), Duration.ofSeconds(60));

    private final RandomGenerator random;
    private final List<Edition> editions = new ArrayList<>();

    /** The catalog from one edit to the next. */
    private record Edition(Instant from, List<TargetPlace> places) {}

    Operators(Instant start, List<Session> sessions, RandomGenerator random) {
        this.random = random;
        List<TargetPlace> places = new ArrayList<>();
        for (Session session : sessions) {
            places.add(new TargetPlace(
                    "t" + session.id(), session, 1 + random.nextInt(HIGHEST_CAPACITY), ATTEMPTS.getLast()));
        }
        editions.add(new Edition(start, List.copyOf(places)));
    }

    List<TargetPlace> places() {
        return editions.getLast().places();
    }

    /** The catalog as it stood at {@code at}. */
    List<TargetPlace> places(Instant at) {
        return editions.stream()
                .filter(edition -> !edition.from().isAfter(at))
                .reduce((earlier, later) -> later)
                .orElse(editions.getFirst())
                .places();
    }

    /** The largest capacity that any target gives a session now. */
    int capacity(Session session) {
        return places().stream()
                .filter(place -> place.session().equals(session))
                .mapToInt(TargetPlace::capacity)
                .max()
                .orElse(0);
    }

    /** Changes one target: its capacity, its pool, or whether it is doubled. */
    void edit(Instant now) {
        List<TargetPlace> places = new ArrayList<>(places());
        int index = random.nextInt(places.size());
        TargetPlace place = places.get(index);
        switch (random.nextInt(4)) {
            case 0 -> places.set(index, place.withAttempt(ATTEMPTS.get(random.nextInt(ATTEMPTS.size()))));
            case 1 -> doubleOrNot(places, place);
            default -> places.set(index, place.withCapacity(1 + random.nextInt(HIGHEST_CAPACITY)));
        }
        editions.add(new Edition(now, List.copyOf(places)));
    }

    private void doubleOrNot(List<TargetPlace> places, TargetPlace place) {
        if (place.isDouble()) {
            places.remove(place);
        } else if (places.stream()
                        .filter(other -> other.session().equals(place.session()))
                        .count()
                == 1) {
            places.add(place.doubled(1 + random.nextInt(HIGHEST_CAPACITY)));
        }
    }
}
