package network.cortensor.portal.benchmarks.sizes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import network.cortensor.portal.benchmarks.cost.OnDemandPrice;
import network.cortensor.portal.benchmarks.function.FunctionBuild;
import network.cortensor.portal.benchmarks.function.FunctionGround;
import network.cortensor.portal.benchmarks.function.FunctionServing;
import network.cortensor.portal.benchmarks.function.MeasuredFunction;
import network.cortensor.portal.benchmarks.function.MeasuredFunction.Answer;
import network.cortensor.portal.benchmarks.function.MeasuredFunction.Watched;
import network.cortensor.portal.benchmarks.machine.CpuQuota;
import network.cortensor.portal.benchmarks.machine.Percentiles;
import network.cortensor.portal.benchmarks.split.FirstChat;

/** One size of the function's memory. */
final class SizeCosts {
    /** Lambda gives a processor to so many MB, and of it in proportion below; see AWS's guide to configuring memory. */
    static final int WHOLE_PROCESSOR = 1_769;

    private static final int TOKENS = 50;
    private static final int WARM_UP = 5;
    private static final int REQUESTS = Integer.getInteger("portal.requests", 40);

    private SizeCosts() {}

    /** As a line of the table. */
    static String row(int mebibytes, FunctionGround ground) throws IOException, InterruptedException {
        Optional<CpuQuota> quota = CpuQuota.of(mebibytes / (double) WHOLE_PROCESSOR);
        if (quota.isEmpty()) {
            return "| " + mebibytes + " | left out: this machine lets nobody make a control group | | | | |";
        }
        try (CpuQuota share = quota.get()) {
            String first = switch (FirstChat.measure(ground, mebibytes, share::hold)) {
                case FirstChat.Found.Measured(double millis, double wall) ->
                    String.format(Locale.ROOT, "%.0f | %.0f", wall, millis);
                case FirstChat.Found.Missing(String reason) -> "left out: " + reason + " |";
            };
            return "| " + mebibytes + " | " + first + " | " + others(mebibytes, ground, share) + " |";
        }
    }

    private static String others(int mebibytes, FunctionGround ground, CpuQuota share)
            throws IOException, InterruptedException {
        try (MeasuredFunction function = MeasuredFunction.start(
                FunctionBuild.THIS, new FunctionServing.Singles(1), mebibytes, Watched.NOTHING, ground)) {
            function.ask(FunctionGround.PACED, 1, WARM_UP, TOKENS);
            share.hold(function.process().handle());
            List<Answer> answers = new ArrayList<>();
            for (int request = 0; request < REQUESTS; request++) {
                function.leap();
                answers.addAll(function.ask(FunctionGround.PACED, 1, 1, TOKENS));
            }
            Percentiles added = new Percentiles(answers.stream()
                    .map(answer -> answer.firstToken().minus(FunctionGround.LATENCY))
                    .toList());
            double billed = answers.stream()
                    .mapToDouble(answer -> answer.end().toNanos() / 1e6)
                    .average()
                    .orElse(0);
            return String.format(
                    Locale.ROOT,
                    "%.1f / %.1f | %.0f | %.2f",
                    added.at(0.5).toNanos() / 1e6,
                    added.at(0.99).toNanos() / 1e6,
                    billed,
                    OnDemandPrice.ofMillion(billed, mebibytes));
        }
    }
}
