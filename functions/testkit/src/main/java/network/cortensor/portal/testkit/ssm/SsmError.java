package network.cortensor.portal.testkit.ssm;

/** An error of the service, as it names it. */
final class SsmError extends Exception {
    private static final long serialVersionUID = 1;

    private final String status;
    private final String type;
    private final String text;

    private SsmError(String status, String type, String text) {
        super(type);
        this.status = status;
        this.type = type;
        this.text = text;
    }

    static SsmError client(String type, String text) {
        return new SsmError("400 Bad Request", type, text);
    }

    static SsmError server(String type, String text) {
        return new SsmError("500 Internal Server Error", type, text);
    }

    /** Status line of the answer. */
    String status() {
        return status;
    }

    /** The service's name of the error. */
    String type() {
        return type;
    }

    String text() {
        return text;
    }
}
