package network.cortensor.portal.benchmarks.failover;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The benchmark's scenarios, with what it demands and what it only advises. That an answer is whole and a call ends in time is demanded of all. */
enum BenchScenario {
    S01("429 once, with Retry-After: 2", ProviderFault.TOO_MANY_ONCE, 20),
    S02("429 for long, without a time", ProviderFault.TOO_MANY, 40),
    S03("500 once", ProviderFault.ERROR_ONCE, 20),
    S04("503 for long", ProviderFault.OVERLOADED, 40),
    S05("reset before the headers, once", ProviderFault.RESET_ONCE, 20),
    S06("no answer at all", ProviderFault.SILENT, 130),
    S07("first token after 20 s", ProviderFault.LATE, 60),
    S08("cut after 40 of 60 words", ProviderFault.CUT, 40),
    S09("stalled after 20 words", ProviderFault.STALLED, 70),
    S10("an event that is no JSON", ProviderFault.BAD_EVENT, 30),
    S11("no [DONE]", ProviderFault.NO_DONE, 30),
    S12("context exceeded", ProviderFault.CONTEXT_EXCEEDED, 20),
    S13("content rejected", ProviderFault.CONTENT_REJECTED, 20),
    S14("cut, and a fallback that refuses to go on", ProviderFault.CUT, 40),
    S15("down for a minute, twenty requests", ProviderFault.DOWN_FOR_A_MINUTE, 30),
    S16("whose answer it was", ProviderFault.OVERLOADED, 40);

    private final String title;
    private final ProviderFault fault;
    private final Duration longest;

    BenchScenario(String title, ProviderFault fault, int longestSeconds) {
        this.title = title;
        this.fault = fault;
        this.longest = Duration.ofSeconds(longestSeconds);
    }

    String title() {
        return title;
    }

    /** After so long a call counts as hung. */
    Duration longest() {
        return longest;
    }

    /** The provider's model for one system. */
    String model(String system) {
        return fault + "-" + name().toLowerCase(Locale.ROOT) + "-" + system;
    }

    /** The provider's model to fall back to. */
    String fallback(String system) {
        ProviderFault healthy = this == S14 ? ProviderFault.NO_PREFILL : ProviderFault.NONE;
        return healthy + "-" + name().toLowerCase(Locale.ROOT) + "-" + system;
    }

    /** Whether the right end is an error. */
    boolean endsWithAnError() {
        return this == S13;
    }

    boolean isSequence() {
        return this == S15;
    }

    /** What was demanded and not done. */
    List<String> broken(Measured measured) {
        return switch (this) {
            case S01 -> unless(measured.primaryWithin(1.5) <= 2, "no hammering");
            case S02 -> unless(measured.primaryWithin(3) <= 4 && measured.primary() <= 6, "no hammering");
            case S04 -> unless(measured.primary() <= 6, "few attempts");
            case S06 -> unless(measured.seconds() <= 100, "within 100 s");
            case S09 -> unless(measured.seconds() <= 45 && measured.aliveAfter(), "within 45 s, and well afterwards");
            case S10 -> unless(measured.aliveAfter(), "well afterwards");
            case S11 -> unless(measured.seconds() <= 8, "within 8 s");
            case S12, S13 -> unless(measured.primary() == 1, "asked once");
            case S14 -> unless(measured.call().whole() || !measured.prefillRefused(), "the refusal is not shown");
            case S15 -> unless(measured.recoveredWithin() <= 30, "back within 30 s");
            case S16 ->
                unless(
                        measured.primary() <= 6
                                && (measured.fallback() == 0 || measured.call().namesTheFallback()),
                        "the fallback is named");
            case S03, S05, S07, S08 -> List.of();
        };
    }

    /** What was advised and not done. */
    List<String> unadvised(Measured measured) {
        return switch (this) {
            case S01 -> unless(measured.primary() >= 2 && measured.firstGap() >= 1.8, "asked again after its time");
            case S03 -> unless(measured.primary() >= 2, "asked again");
            case S06 -> unless(measured.primary() <= 1, "asked once");
            case S07 -> unless(measured.seconds() <= 15, "within 15 s");
            case S10 -> unless(measured.call().whole(), "the whole answer");
            case S11, S16 -> unless(measured.call().usage(), "usage");
            case S02, S04, S05, S08, S09, S12, S13, S14, S15 -> List.of();
        };
    }

    private static List<String> unless(boolean done, String what) {
        return done ? List.of() : List.of(what);
    }
}
