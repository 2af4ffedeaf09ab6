package network.cortensor.portal.infra.operations;

import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;

/**
 * When a number is an alarm: beyond the limit in {@code hits} of the last {@code periods}. No data is no alarm, but for what must never
 * fall silent.
 */
record Bound(ComparisonOperator side, double limit, int hits, int periods, TreatMissingData silence) {
    static Bound above(double limit) {
        return above(limit, 1, 1);
    }

    static Bound above(double limit, int hits, int periods) {
        return new Bound(
                ComparisonOperator.GREATER_THAN_THRESHOLD, limit, hits, periods, TreatMissingData.NOT_BREACHING);
    }

    /** Silence is below everything. */
    static Bound below(double limit) {
        return new Bound(ComparisonOperator.LESS_THAN_THRESHOLD, limit, 1, 1, TreatMissingData.BREACHING);
    }

    Alarm.Builder applyTo(Alarm.Builder alarm) {
        return alarm.comparisonOperator(side)
                .threshold(limit)
                .datapointsToAlarm(hits)
                .evaluationPeriods(periods)
                .treatMissingData(silence);
    }
}
