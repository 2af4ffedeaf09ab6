package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What became of the requests for one pool that is struck while a fallback pool stands behind it. */
final class FallbackTally {
    private static final Duration FIRST_MINUTE = Duration.ofMinutes(1);

    /** A request that came while its pool was struck. */
    private record Struck(Duration since, Optional<String> answering, Duration added) {}

    private final Scenario scenario;
    private final List<Struck> struck = new ArrayList<>();
    private final List<Duration> toReturn = new ArrayList<>();
    private final List<Scenario.Span> waiting;

    FallbackTally(Scenario scenario) {
        this.scenario = scenario;
        this.waiting = new ArrayList<>(
                scenario.troubles().stream().map(Scenario.Trouble::when).toList());
    }

    /**
     * @param answering the pool that answered, if one did
     * @param added from the receipt to the beginning of the last attempt
     */
    void request(String pool, Instant receivedAt, Optional<String> answering, Duration added) {
        if (!pool.equals(FallbackScenarios.STRUCK)) {
            return;
        }
        scenario.troubles().stream()
                .map(Scenario.Trouble::when)
                .filter(span -> span.holds(receivedAt))
                .findFirst()
                .ifPresent(span -> struck.add(new Struck(Duration.between(span.from(), receivedAt), answering, added)));
        if (answering.filter(pool::equals).isPresent()) {
            returned(receivedAt);
        }
    }

    /** The pool answers a request that came after its trouble. */
    private void returned(Instant receivedAt) {
        waiting.stream()
                .filter(span -> !receivedAt.isBefore(span.to()))
                .map(span -> Duration.between(span.to(), receivedAt))
                .forEach(toReturn::add);
        waiting.removeIf(span -> !receivedAt.isBefore(span.to()));
    }

    int requests() {
        return struck.size();
    }

    double answered() {
        return (double) struck.stream()
                        .filter(request -> request.answering().isPresent())
                        .count()
                / struck.size();
    }

    /** The share of the answers that the fallback pool gave. */
    double byTheFallback() {
        return (double) struck.stream()
                        .filter(request -> request.answering()
                                .filter(FallbackScenarios.BEHIND::equals)
                                .isPresent())
                        .count()
                / struck.size();
    }

    /** In the first minute of each trouble. */
    Duration mostAddedAtFirst() {
        return mostAdded(struck.stream()
                .filter(request -> request.since().compareTo(FIRST_MINUTE) < 0)
                .toList());
    }

    Duration mostAddedLater() {
        return mostAdded(struck.stream()
                .filter(request -> request.since().compareTo(FIRST_MINUTE) >= 0)
                .toList());
    }

    private static Duration mostAdded(List<Struck> requests) {
        return requests.stream()
                .map(Struck::added)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** From the end of a trouble to the first request that came after it and that the pool itself answered; the longest. */
    Duration longestReturn() {
        return toReturn.stream().max(Comparator.naturalOrder()).orElseThrow();
    }

    int returns() {
        return toReturn.size();
    }
}
