package network.cortensor.portal.testkit.router;

import java.time.Duration;
import java.util.Optional;

/**
 * How one session behaves.
 *
 * @param latency until the first token
 * @param tokensPerSecond after the first; above 0, and so small that a stream stalls if that is wanted
 * @param hang how long a hung task keeps the session busy; if absent, until the request's own {@code timeout}
 * @param faultTimes how many requests meet the fault before the session is well again; if absent, all
 * @param reasoningTokens how many tokens the model thinks aloud before it answers
 * @param capacity how many tasks at once do each other no harm
 * @param activity what the health payloads say of the session
 * @param quirk how imperfectly the model writes calls and marks
 * @param canary a text that the upstream plants wherever it can put text of its own, to see whether any of it gets out
 * @param owner whose session the health payloads say that it is
 */
public record SessionSettings(
        Fault fault,
        Duration latency,
        double tokensPerSecond,
        Optional<Duration> hang,
        Optional<Integer> faultTimes,
        int reasoningTokens,
        int capacity,
        Activity activity,
        Quirk quirk,
        Optional<String> canary,
        String owner) {

    /** A healthy dedicated session that answers fast enough to be watched: first token after 200 ms, then 20 tokens a second. */
    public static final SessionSettings DEFAULT = new SessionSettings(
            Fault.NONE,
            Duration.ofMillis(200),
            20,
            Optional.empty(),
            Optional.empty(),
            0,
            1,
            Activity.ACTIVE,
            Quirk.NONE,
            Optional.empty(),
            "0x0000000000000000000000000000000000000000");

    public SessionSettings {
        require(!latency.isNegative(), "latency: " + latency + " (expected: >= 0)");
        require(tokensPerSecond > 0, "tokensPerSecond: " + tokensPerSecond + " (expected: > 0)");
        require(hang.stream().noneMatch(Duration::isNegative), "hang: negative (expected: >= 0)");
        require(faultTimes.stream().allMatch(times -> times >= 1), "faultTimes: below 1 (expected: >= 1)");
        require(reasoningTokens >= 0, "reasoningTokens: " + reasoningTokens + " (expected: >= 0)");
        require(
                canary.stream().allMatch(text -> text.matches("[A-Za-z0-9-]{1,64}")),
                "canary: odd (expected: letters, digits, '-')");
        require(owner.matches("[A-Za-z0-9]{1,64}"), "owner: odd (expected: letters and digits)");
        require(capacity >= 1, "capacity: " + capacity + " (expected: >= 1)");
    }

    /** What a session says of itself when it is asked for its health. */
    public enum Activity {
        ACTIVE,
        INACTIVE
    }

    public SessionSettings withFault(Fault value) {
        return new SessionSettings(
                value,
                latency,
                tokensPerSecond,
                hang,
                faultTimes,
                reasoningTokens,
                capacity,
                activity,
                quirk,
                canary,
                owner);
    }

    public SessionSettings withLatency(Duration value) {
        return new SessionSettings(
                fault,
                value,
                tokensPerSecond,
                hang,
                faultTimes,
                reasoningTokens,
                capacity,
                activity,
                quirk,
                canary,
                owner);
    }

    public SessionSettings withTokensPerSecond(double value) {
        return new SessionSettings(
                fault, latency, value, hang, faultTimes, reasoningTokens, capacity, activity, quirk, canary, owner);
    }

    public SessionSettings withHang(Duration value) {
        return new SessionSettings(
                fault,
                latency,
                tokensPerSecond,
                Optional.of(value),
                faultTimes,
                reasoningTokens,
                capacity,
                activity,
                quirk,
                canary,
                owner);
    }

    public SessionSettings withFaultTimes(int value) {
        return new SessionSettings(
                fault,
                latency,
                tokensPerSecond,
                hang,
                Optional.of(value),
                reasoningTokens,
                capacity,
                activity,
                quirk,
                canary,
                owner);
    }

    public SessionSettings withReasoningTokens(int value) {
        return new SessionSettings(
                fault, latency, tokensPerSecond, hang, faultTimes, value, capacity, activity, quirk, canary, owner);
    }

    public SessionSettings withCapacity(int value) {
        return new SessionSettings(
                fault,
                latency,
                tokensPerSecond,
                hang,
                faultTimes,
                reasoningTokens,
                value,
                activity,
                quirk,
                canary,
                owner);
    }

    public SessionSettings withOwner(String value) {
        return new SessionSettings(
                fault,
                latency,
                tokensPerSecond,
                hang,
                faultTimes,
                reasoningTokens,
                capacity,
                activity,
                quirk,
                canary,
                value);
    }

    public SessionSettings withActivity(Activity value) {
        return new SessionSettings(
                fault,
                latency,
                tokensPerSecond,
                hang,
                faultTimes,
                reasoningTokens,
                capacity,
                value,
                quirk,
                canary,
                owner);
    }

    public SessionSettings withQuirk(Quirk value) {
        return new SessionSettings(
                fault,
                latency,
                tokensPerSecond,
                hang,
                faultTimes,
                reasoningTokens,
                capacity,
                activity,
                value,
                canary,
                owner);
    }

    /** @param value letters, digits and hyphens */
    public SessionSettings withCanary(String value) {
        return new SessionSettings(
                fault,
                latency,
                tokensPerSecond,
                hang,
                faultTimes,
                reasoningTokens,
                capacity,
                activity,
                quirk,
                Optional.of(value),
                owner);
    }

    /** The time between two tokens. */
    Duration gap() {
        return Duration.ofNanos((long) (1e9 / tokensPerSecond));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
