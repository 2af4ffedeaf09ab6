package network.cortensor.portal.api.wire;

import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.model.Endpoint;

/** One API that customers may speak. Called on the request's own thread; it computes and never blocks. Implementations hold no state. */
public interface WireFormat {
    Endpoint endpoint();

    /** Checks everything about a request that can be checked without knowing its model. */
    Asked read(JsonField body) throws Rejection;
}
