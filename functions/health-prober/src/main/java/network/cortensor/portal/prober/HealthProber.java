package network.cortensor.portal.prober;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.time.Duration;

/** What Lambda calls: one scheduled event is one tick. The answer is the tick's outcome, for whoever calls it by hand. */
public final class HealthProber implements RequestHandler<ScheduledEvent, String> {
    private final Prober prober;

    /** @throws network.cortensor.portal.settings.BadSettings naming the variables that are missing or bad */
    public HealthProber() {
        this(ProberMain.prober());
    }

    HealthProber(Prober prober) {
        this.prober = prober;
    }

    @Override
    public String handleRequest(ScheduledEvent event, Context context) {
        return prober.tick(Duration.ofMillis(context.getRemainingTimeInMillis()))
                .word();
    }
}
