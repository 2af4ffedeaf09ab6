package network.cortensor.portal.benchmarks.split;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import network.cortensor.portal.benchmarks.function.FunctionBuild;
import network.cortensor.portal.benchmarks.function.FunctionGround;
import network.cortensor.portal.benchmarks.function.FunctionServing;
import network.cortensor.portal.benchmarks.function.MeasuredFunction;
import network.cortensor.portal.benchmarks.function.MeasuredFunction.Watched;

/** How many calls of tables a first token waits for, one after the other: what it comes later by, over what each call takes longer, as a whole number. */
record Trips(double warm, double expired) {
    static final Duration LONGER = Duration.ofMillis(100);

    private static final int TIMES = 9;

    /** More than there are keys: of a key that it never saw, an environment reads in two steps more. */
    private static final int WARM_UP = 2 * FunctionGround.CUSTOMERS;

    private static final int TOKENS = 8;

    static Trips measure(FunctionGround ground) throws IOException, InterruptedException {
        try (MeasuredFunction function = MeasuredFunction.start(
                FunctionBuild.THIS, new FunctionServing.Singles(1), SplitCosts.MEBIBYTES, Watched.TABLES, ground)) {
            function.ask(FunctionGround.BRISK, 1, WARM_UP, TOKENS);
            double warm = firstToken(function, Duration.ZERO);
            double expired = firstToken(function, FunctionGround.LEAP);
            function.delay(LONGER);
            return new Trips(
                    Math.rint((firstToken(function, Duration.ZERO) - warm) / LONGER.toMillis()),
                    Math.rint((firstToken(function, FunctionGround.LEAP) - expired) / LONGER.toMillis()));
        }
    }

    /** The median in milliseconds. */
    private static double firstToken(MeasuredFunction function, Duration between)
            throws IOException, InterruptedException {
        double[] times = new double[TIMES];
        for (int time = 0; time < TIMES; time++) {
            function.awaitFree();
            if (between.isPositive()) {
                function.leap();
            }
            times[time] = SplitMain.millis(
                    function.ask(FunctionGround.BRISK, 1, 1, TOKENS).getFirst().firstToken(), 1);
        }
        Arrays.sort(times);
        return times[TIMES / 2];
    }
}
