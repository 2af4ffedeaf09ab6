package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a strategy cost the customers of one run. */
final class PickTally {
    private final List<Duration> toAnswer = new ArrayList<>();
    private int requests;
    private int failedAttempts;
    private int busyMet;

    void over(ScenarioTally.End end, Duration took) {
        requests++;
        if (end == ScenarioTally.End.ANSWERED) {
            toAnswer.add(took);
        }
    }

    void failedAttempt() {
        failedAttempts++;
    }

    /** A candidate's session was taken, and the next one was tried. */
    void busy() {
        busyMet++;
    }

    double answered() {
        return (double) toAnswer.size() / requests;
    }

    double failedAttemptsPerThousand() {
        return 1_000.0 * failedAttempts / requests;
    }

    double busyMetPerThousand() {
        return 1_000.0 * busyMet / requests;
    }

    /** The time within which this share of the answered requests was answered. */
    Duration toAnswer(double share) {
        List<Duration> sorted = toAnswer.stream().sorted().toList();
        return sorted.get((int) ((sorted.size() - 1) * share));
    }
}
