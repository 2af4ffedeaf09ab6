package network.cortensor.portal.prober;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.model.Names;
import network.cortensor.portal.model.TargetId;

/**
 * What Lambda calls. A scheduled event is one tick. Its answer is the tick's outcome, which people see who invoke the function by hand. An event of the type
 * {@value #PROBE}, in the same form, is one deep probe of the target that its detail names; its answer is what came of it.
 */
public final class HealthProber implements RequestHandler<ScheduledEvent, Object> {
    /** The {@code detail-type} by which an operator asks for a probe. */
    static final String PROBE = "Portal Probe";

    private final Prober prober;

    /** @throws network.cortensor.portal.settings.BadSettings naming the variables that are missing or bad */
    public HealthProber() {
        this(ProberMain.prober());
    }

    /** With another prober: in tests, and in the local product. */
    public HealthProber(Prober prober) {
        this.prober = prober;
    }

    @Override
    public Object handleRequest(ScheduledEvent event, Context context) {
        Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
        if (!PROBE.equals(event.getDetailType())) {
            return prober.tick(left).word();
        }
        return target(Optional.ofNullable(event.getDetail()).orElse(Map.of()))
                .map(target -> prober.probe(target, left))
                .orElseGet(() -> OperatorProbe.answer("bad_request"));
    }

    private static Optional<TargetId> target(Map<String, Object> detail) {
        return detail.get("pool") instanceof String pool
                        && detail.get("target") instanceof String target
                        && Names.isName(pool)
                        && Names.isName(target)
                ? Optional.of(new TargetId(pool, target))
                : Optional.empty();
    }
}
