package network.cortensor.portal.api.error;

import java.util.Optional;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;

/**
 * What alarms and releases judge requests by: that there was a request, and whose failure it was. A line gets all three metrics, if only as
 * 0, because a formula of CloudWatch gives nothing while one of its metrics has never been seen.
 */
public final class FaultCount {
    private FaultCount() {}

    /** @param fault empty for a request that was answered, and for one whose customer went away */
    public static Line addTo(Line line, Optional<Responsibility> fault) {
        return line.metric(Metric.REQUESTS, 1)
                .metric(Metric.OWN_FAILURES, one(fault, Responsibility.OURS))
                .metric(Metric.ROUTER_FAILURES, one(fault, Responsibility.ROUTERS));
    }

    private static int one(Optional<Responsibility> fault, Responsibility whose) {
        return fault.filter(whose::equals).isPresent() ? 1 : 0;
    }
}
