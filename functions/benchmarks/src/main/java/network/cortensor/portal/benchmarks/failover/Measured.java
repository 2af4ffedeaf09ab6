package network.cortensor.portal.benchmarks.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One scenario through one system.
 *
 * @param call the one, or of a sequence the worst
 * @param took of the one, or the longest of a sequence
 * @param outageEnd when the outage ends, for a sequence
 * @param atPrimary attempts of callers and looks at its health
 * @param aliveAfter whether a healthy request was answered afterwards
 */
record Measured(
        BenchScenario scenario,
        BenchCall call,
        Duration took,
        Instant outageEnd,
        List<SeenAttempt> atPrimary,
        List<SeenAttempt> atFallback,
        boolean aliveAfter) {

    /** The benchmark's verdicts. */
    enum Verdict {
        PASS,
        PARTIAL,
        SAFE,
        FAIL
    }

    Verdict verdict() {
        boolean cutAndNotSaid = call.end() == BenchCall.End.ANSWER && !call.whole();
        if (call.end() == BenchCall.End.HANG
                || cutAndNotSaid
                || !scenario.broken(this).isEmpty()) {
            return Verdict.FAIL;
        }
        if (scenario.endsWithAnError()) {
            return call.whole() ? Verdict.PARTIAL : Verdict.PASS;
        }
        if (!call.whole()) {
            return Verdict.SAFE;
        }
        return scenario.unadvised(this).isEmpty() ? Verdict.PASS : Verdict.PARTIAL;
    }

    int primary() {
        return ofCallers().size();
    }

    private List<SeenAttempt> ofCallers() {
        return atPrimary.stream().filter(SeenAttempt::ofCaller).toList();
    }

    int fallback() {
        return atFallback.size();
    }

    double seconds() {
        return took.toMillis() / 1_000.0;
    }

    /** How many attempts the primary met in its first seconds. */
    long primaryWithin(double seconds) {
        List<SeenAttempt> attempts = ofCallers();
        return attempts.stream()
                .filter(attempt -> between(attempts.getFirst().at(), attempt.at()) < seconds)
                .count();
    }

    /** Seconds between the primary's first two attempts; 0 if there are no two. */
    double firstGap() {
        List<SeenAttempt> attempts = ofCallers();
        return attempts.size() < 2
                ? 0
                : between(attempts.getFirst().at(), attempts.get(1).at());
    }

    boolean prefillRefused() {
        return atFallback.stream().anyMatch(SeenAttempt::prefillRefused);
    }

    /** Seconds from the end of the outage until the primary answered again. */
    double recoveredWithin() {
        return atPrimary.stream()
                .filter(SeenAttempt::answered)
                .mapToDouble(attempt -> between(outageEnd, attempt.at()))
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static double between(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1_000.0;
    }
}
