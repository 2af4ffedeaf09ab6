package network.cortensor.portal.telemetry;

/**
 * Who writes a journal.
 *
 * @param environment the deployment; its metrics are kept apart from those of others in the same account
 * @param version of the function, with the function's name: two functions of a deployment may both be at the same number
 */
public record Emitter(String environment, String version) {
    /** The dimension of metrics that are {@linkplain Metric#keptByVersion() kept by version}. */
    public static final String VERSION = "version";

    /** @param number as Lambda counts them */
    public static String version(String function, String number) {
        return function + ":" + number;
    }

    /** What has no versions, such as a program on a developer's machine. */
    public static Emitter unversioned(String environment) {
        return new Emitter(environment, "none");
    }

    /** The CloudWatch namespace of every metric of one deployment. */
    public static String namespace(String environment) {
        return "CortensorPortal/" + environment;
    }

    /** As {@link #namespace(String)}. */
    public String namespace() {
        return namespace(environment);
    }
}
