package network.cortensor.portal.infra.environment;

import java.util.Optional;

/**
 * On what customers' requests run. The function on demand always stands: it costs nothing while nobody calls it, and is where a deployment
 * goes back to. From one way to the other leads {@link Prepared}, in which both are ready.
 */
public sealed interface Serving {
    /** One environment for each request at a time, paid by the millisecond. */
    record OnDemand() implements Serving {}

    /** Requests run on demand; a fleet stands beside, ready to take them over, or still busy with the last streams that it took. */
    record Prepared(Fleet of) implements Serving {}

    /** Environments with many requests at once, on machines paid by the hour. */
    record ManagedInstances(Fleet of) implements Serving {}

    /** The machines that this way needs. */
    default Optional<Fleet> fleet() {
        return switch (this) {
            case OnDemand() -> Optional.empty();
            case Prepared(Fleet of) -> Optional.of(of);
            case ManagedInstances(Fleet of) -> Optional.of(of);
        };
    }

    /**
     * Execution environments of {@value #REQUESTS} requests at once, with a core and 2 GiB each.
     *
     * @param least that always run; three are one per availability zone where there are three
     * @param most that may be added under load
     */
    record Fleet(int least, int most) {
        /** Per environment: what Lambda allows at most for each core. */
        public static final int REQUESTS = 64;

        public static final int MEBIBYTES = 2_048;

        /** Below it Lambda makes no capacity provider. */
        private static final int LEAST_CORES = 12;

        /** While a release is under way, the version before keeps its environments, too. */
        private static final int VERSIONS = 2;

        /** A core of an m7g.large in us-east-1 with Lambda's fee of 15 %: 0.0816 / 2 * 1.15. */
        private static final double DOLLARS_PER_CORE_HOUR = 0.0469;

        public Fleet {
            if (least < 1) {
                throw new BadDeployment("least: " + least + " environments (expected: >= 1)");
            }
            if (most < least) {
                throw new BadDeployment("most: " + most + " environments (expected: >= " + least + ", the least)");
            }
            if (Math.max(LEAST_CORES, most) < VERSIONS * least) {
                throw new BadDeployment("most: " + most + " environments (expected: >= " + VERSIONS * least
                        + ", the least of both versions of a release)");
            }
        }

        /** What the fleet may grow to: one core for each environment. */
        public int cores() {
            return Math.max(LEAST_CORES, most);
        }

        /** What it costs when it has grown to that. */
        public double mostDollarsPerHour() {
            return cores() * DOLLARS_PER_CORE_HOUR;
        }
    }
}
