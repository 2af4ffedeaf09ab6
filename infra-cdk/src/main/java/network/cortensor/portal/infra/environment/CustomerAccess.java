package network.cortensor.portal.infra.environment;

import java.util.Optional;

/** How customers come in. */
public record CustomerAccess(
        Throttle throttle,
        ModelList modelList,
        StreamingUrl streamingUrl,
        Optional<Firewall> firewall,
        Optional<Domain> domain) {

    /**
     * What API Gateway lets through, over all customers. A customer's own limits are the function's work.
     *
     * @param perSecond requests per second in the long run
     * @param burst requests at one moment
     */
    public record Throttle(int perSecond, int burst) {
        public Throttle {
            if (perSecond < 1 || burst < 1) {
                throw new BadDeployment("throttle: " + perSecond + ", " + burst + " (expected: both >= 1)");
            }
        }
    }

    /** Who may read {@code GET /v1/models}. */
    public enum ModelList {
        OPEN,
        WITH_A_KEY
    }

    /** Who may call the streaming URL. Customers' keys are checked either way. */
    public enum StreamingUrl {
        /** Everybody: stock OpenAI and Anthropic clients work. */
        OPEN,
        /** Only callers that AWS knows and that sign their requests, such as a proxy of ours. */
        SIGNED
    }

    /**
     * AWS WAF before the REST API. It looks at addresses alone: rules on bodies would block prompts.
     *
     * @param requestsPerFiveMinutes from one address, before it gets 429
     */
    public record Firewall(int requestsPerFiveMinutes) {
        public Firewall {
            if (requestsPerFiveMinutes < 10) {
                throw new BadDeployment("requestsPerFiveMinutes: " + requestsPerFiveMinutes + " (expected: >= 10)");
            }
        }
    }

    /**
     * A name of our own for the REST API. DNS stays with its owner: the stack prints the target that the name must point to.
     *
     * @param certificateArn of a certificate for the name, in the region of the deployment
     */
    public record Domain(String name, String certificateArn) {
        public Domain {
            if (!certificateArn.startsWith("arn:")) {
                throw new BadDeployment("certificateArn of " + name + ": " + certificateArn + " (expected: an ARN)");
            }
        }
    }
}
