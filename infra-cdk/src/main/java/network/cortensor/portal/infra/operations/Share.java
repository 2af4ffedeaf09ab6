package network.cortensor.portal.infra.operations;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;

/**
 * A formula that says how many percent of {@code all} are {@code some}.
 *
 * <p>Every metric of it must be emitted wherever one of them is, if only as 0: CloudWatch computes nothing for a minute in which one metric
 * of a formula has no value, and whether {@code FILL} makes up for a metric that never had any is not documented. So nothing is filled here.
 */
final class Share {
    private Share() {}

    /** Of any number. */
    static IMetric percent(IMetric some, IMetric all, Duration period, String label) {
        return formula("IF(all>0, 100*some/all, 0)", Map.of("some", some, "all", all), period, label);
    }

    /** 0 while there are fewer than five of {@code some}, of which no share can be told. */
    static IMetric percentOfMany(IMetric some, IMetric all, Duration period, String label) {
        return formula("IF(some>=5, 100*some/all, 0)", Map.of("some", some, "all", all), period, label);
    }

    /** The same with two kinds of {@code some}. */
    static IMetric percentOfMany(IMetric some, IMetric more, IMetric all, Duration period, String label) {
        return formula(
                "IF(some+more>=5, 100*(some+more)/all, 0)",
                Map.of("some", some, "more", more, "all", all),
                period,
                label);
    }

    private static IMetric formula(String formula, Map<String, IMetric> metrics, Duration period, String label) {
        return MathExpression.Builder.create()
                .expression(formula)
                .usingMetrics(new TreeMap<>(metrics))
                .label(label)
                .period(period)
                .build();
    }
}
