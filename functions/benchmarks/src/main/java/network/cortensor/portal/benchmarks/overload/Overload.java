package network.cortensor.portal.benchmarks.overload;

import java.time.Duration;
import java.util.List;

/**
 * What came of so many times more callers than sessions.
 *
 * @param visits that began within {@code window}
 * @param memory in MiB, the means of equal parts of the time
 */
record Overload(int times, Duration window, List<Visit> visits, List<Long> memory) {

    double served() {
        return share(visits.stream().filter(Visit::served).count(), visits.size());
    }

    List<Duration> refusalTimes() {
        return visits.stream().filter(Visit::refused).map(Visit::took).toList();
    }

    List<Duration> answerTimes() {
        return visits.stream().filter(Visit::served).map(Visit::took).toList();
    }

    long otherwise() {
        return visits.stream()
                .filter(visit -> visit.end() instanceof Visit.End.Otherwise)
                .count();
    }

    /** Requests of customers who came back when they were told to. */
    long cameBack() {
        return visits.stream().filter(Visit::asTold).count();
    }

    /** Of those who came back, the share that was served then. */
    double servedAsTold() {
        return share(visits.stream().filter(Visit::asTold).filter(Visit::served).count(), cameBack());
    }

    private static double share(long part, long whole) {
        return (double) part / Math.max(1, whole);
    }
}
