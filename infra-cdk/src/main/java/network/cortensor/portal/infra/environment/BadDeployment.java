package network.cortensor.portal.infra.environment;

/** The deployment cannot be described as asked. The message is one line for the person who deploys. */
public final class BadDeployment extends RuntimeException {
    public BadDeployment(String message) {
        super(message);
    }
}
