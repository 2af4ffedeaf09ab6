package network.cortensor.portal.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import network.cortensor.portal.prober.HealthProber;
import network.cortensor.portal.prober.Prober;
import network.cortensor.portal.testkit.lambda.InvokeEmulator;

/** The function {@code health-prober} as it is invoked by name: events are read and answered as Lambda's managed runtime does it. */
final class LocalProber {
    private static final String NAME = "health-prober";

    /** By which operators know it. */
    static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:" + NAME + ":live";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PojoSerializer<ScheduledEvent> events =
            LambdaEventSerializers.serializerFor(ScheduledEvent.class, LocalProber.class.getClassLoader());

    private final HealthProber function;

    private LocalProber(Prober prober) {
        this.function = new HealthProber(prober);
    }

    static InvokeEmulator behindInvoke(Prober prober) {
        return new InvokeEmulator(Map.of(NAME, new LocalProber(prober)::invoke));
    }

    private String invoke(String payload) {
        try {
            return JSON.writeValueAsString(function.handleRequest(events.fromJson(payload), new LocalContext(NAME)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }
}
