package network.cortensor.portal.inference;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import network.cortensor.portal.api.ApiHandler;
import network.cortensor.portal.api.http.ResponseStarter;
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
                    invocation.event().take(), invocation.receivedAt(), invocation.deadline(), new Starter(response));
        } finally {
            // The customer has the answer; the worker may be frozen as soon as this returns.
            witness.finish();
        }
    }

    private record Starter(ResponseStream response) implements ResponseStarter {
        @Override
        public OutputStream begin(int status, Map<String, String> headers) throws IOException {
            return response.begin(new Prelude(status, new LinkedHashMap<>(headers)));
        }

        @Override
        public void end() throws IOException {
            response.end();
        }
    }
}
