package network.cortensor.portal.benchmarks.split;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * One number, and what is wanted of it.
 *
 * @param before of the commit before, where it was measured
 * @param wanted at most
 */
record SplitRow(String what, OptionalDouble before, double now, OptionalDouble wanted) {
    static SplitRow of(String what, Optional<SplitCosts> before, SplitCosts now, ToDoubleFunction<SplitCosts> value) {
        return new SplitRow(what, value(before, value), value.applyAsDouble(now), OptionalDouble.empty());
    }

    static SplitRow of(
            String what,
            Optional<SplitCosts> before,
            SplitCosts now,
            ToDoubleFunction<SplitCosts> value,
            double wanted) {
        return new SplitRow(what, value(before, value), value.applyAsDouble(now), OptionalDouble.of(wanted));
    }

    static SplitRow of(String what, double now, double wanted) {
        return new SplitRow(what, OptionalDouble.empty(), now, OptionalDouble.of(wanted));
    }

    private static OptionalDouble value(Optional<SplitCosts> costs, ToDoubleFunction<SplitCosts> value) {
        return costs.map(known -> OptionalDouble.of(value.applyAsDouble(known))).orElse(OptionalDouble.empty());
    }

    String markdown() {
        String verdict = wanted.isEmpty() ? "" : now <= wanted.getAsDouble() ? "reached" : "not reached";
        return "| " + what + " | " + word(before) + " | " + word(OptionalDouble.of(now)) + " | "
                + (wanted.isEmpty() ? "" : "≤ " + word(wanted)) + " | " + verdict + " |";
    }

    private static String word(OptionalDouble value) {
        return value.isEmpty() ? "–" : String.format(Locale.ROOT, "%.1f", value.getAsDouble());
    }
}
