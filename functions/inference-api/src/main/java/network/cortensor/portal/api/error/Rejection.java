package network.cortensor.portal.api.error;

/**
 * A request is answered with an error and nothing else is done for it. Checked, so that every reader of customers' input says that it
 * may refuse; thrown rather than returned, because what is wrong is found deep inside a request.
 */
public final class Rejection extends Exception {
    private final transient ApiError error;

    public Rejection(ApiError error) {
        super(error.row().word(), null, false, false);
        this.error = error;
    }

    public ApiError error() {
        return error;
    }
}
