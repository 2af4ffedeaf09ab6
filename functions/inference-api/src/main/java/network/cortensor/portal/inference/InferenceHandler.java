package network.cortensor.portal.inference;

import java.util.LinkedHashMap;
import network.cortensor.portal.api.ApiHandler;
import network.cortensor.portal.dispatch.Witness;
import network.cortensor.portal.runtime.Handler;
import network.cortensor.portal.runtime.Invocation;
import network.cortensor.portal.runtime.Prelude;
import network.cortensor.portal.runtime.ResponseStream;

/** Hands the runtime's invocations to the API, and the API's answers to the runtime. */
public record InferenceHandler(ApiHandler api, Witness witness) implements Handler {
    @Override
    public void handle(Invocation invocation, ResponseStream response) throws Exception {
        try {
            api.handle(
                    invocation.event().bytes(),
                    invocation.receivedAt(),
                    invocation.deadline(),
                    (status, headers) -> response.begin(new Prelude(status, new LinkedHashMap<>(headers))));
        } finally {
            // The customer has the answer; the worker may be frozen as soon as this returns.
            witness.finish();
        }
    }
}
