package network.cortensor.portal.testkit.lambda;

import java.io.IOException;

/** A streamed response that did not come to its end. */
public final class BrokenResponse extends IOException {
    private final transient ReportedError error;

    BrokenResponse(ReportedError error) {
        super(error.type());
        this.error = error;
    }

    /** What the environment said in its trailers, or what happened to it. */
    public ReportedError error() {
        return error;
    }
}
