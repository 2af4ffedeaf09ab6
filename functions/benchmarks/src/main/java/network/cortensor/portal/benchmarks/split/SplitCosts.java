package network.cortensor.portal.benchmarks.split;

import java.io.IOException;
import java.time.Duration;
import network.cortensor.portal.benchmarks.function.FunctionBuild;
import network.cortensor.portal.benchmarks.function.FunctionGround;
import network.cortensor.portal.benchmarks.function.FunctionServing;
import network.cortensor.portal.benchmarks.function.MeasuredFunction;
import network.cortensor.portal.benchmarks.function.MeasuredFunction.Watched;

/**
 * What one environment costs. Times are milliseconds of processor time per request, but for {@code perToken}, which are microseconds; memory is in MB.
 *
 * @param warm 8 tokens, caches warm
 * @param expired 8 tokens, caches expired, as on Lambda, where a request comes every 39 s
 * @param brief 50 tokens
 * @param whole 500 tokens
 */
record SplitCosts(
        double warm, double expired, double brief, double whole, double perToken, double liveHeap, double resident) {
    static final int MEBIBYTES = 1_769;

    private static final int TINY = 8;
    private static final int SHORT = 50;
    private static final int LONG = 500;
    private static final int WARM_UP = 200;

    /** Requests of each kind; {@code -Dportal.requests} makes it fewer for a rehearsal. */
    private static final int REQUESTS = Integer.getInteger("portal.requests", 150);

    static SplitCosts measure(FunctionBuild build, FunctionGround ground) throws IOException, InterruptedException {
        try (MeasuredFunction function =
                MeasuredFunction.start(build, new FunctionServing.Singles(1), MEBIBYTES, Watched.NOTHING, ground)) {
            function.ask(FunctionGround.BRISK, 1, Math.min(WARM_UP, 2 * REQUESTS), SHORT);
            double warm = perRequest(function, REQUESTS, TINY);
            double brief = perRequest(function, REQUESTS, SHORT);
            double whole = perRequest(function, REQUESTS / 4, LONG);
            double expired = expired(function);
            double perToken = (whole - brief) * 1_000 / (LONG - SHORT);
            double resident = function.process().residentMebibytes() * 1.048576;
            return new SplitCosts(warm, expired, brief, whole, perToken, function.liveHeap() / 1e6, resident);
        }
    }

    private static double perRequest(MeasuredFunction function, int times, int tokens) throws InterruptedException {
        Duration before = function.process().processorTime();
        int answers = function.ask(FunctionGround.BRISK, 1, times, tokens).size();
        return SplitMain.millis(function.process().processorTime().minus(before), answers);
    }

    private static double expired(MeasuredFunction function) throws IOException, InterruptedException {
        Duration before = function.process().processorTime();
        int answers = 0;
        for (int request = 0; request < REQUESTS; request++) {
            function.leap();
            answers += function.ask(FunctionGround.BRISK, 1, 1, TINY).size();
        }
        return SplitMain.millis(function.process().processorTime().minus(before), answers);
    }
}
