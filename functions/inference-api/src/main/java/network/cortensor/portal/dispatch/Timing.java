package network.cortensor.portal.dispatch;

import java.time.Duration;

/**
 * Times that hold for every pool; {@link #PRODUCTION} everywhere but in tests, which shrink them together.
 *
 * @param workerMargin how long before the platform ends this worker everything is over
 * @param keepAliveAfter when a waiting stream is committed, below the minute after which clients and proxies give up
 * @param keepAliveEvery how often a committed stream that still waits shows a sign of life
 * @param look the mean time between two looks for a free slot; jitter makes it half to one and a half of it
 * @param usualAttempt how long it takes until most attempts are over, where nothing was observed yet: nine in ten of the recorded router
 *     answers came within 63 s
 */
public record Timing(
        Duration workerMargin, Duration keepAliveAfter, Duration keepAliveEvery, Duration look, Duration usualAttempt) {

    public static final Timing PRODUCTION = new Timing(
            Duration.ofSeconds(10),
            Duration.ofSeconds(45),
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            Duration.ofSeconds(63));

    /** A slot's item has some 170 bytes, and a read unit holds 4 KB of them. */
    private static final int ROWS_PER_UNIT = 24;

    /**
     * The mean time between two looks at a router of so many slots: twice as many units, half as many looks, so that nobody who waits reads more than two units
     * a second of one router. DynamoDB serves 3,000 of one partition key: so 1,500 may wait for one router at once, and the table serves those
     * who need not wait, too.
     */
    Duration look(int rows) {
        int units = 1 + rows / ROWS_PER_UNIT;
        return units <= 2 ? look : look.multipliedBy(units).dividedBy(2);
    }
}
