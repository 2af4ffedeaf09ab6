package network.cortensor.portal.local;

/** How many requests are served at once, and by what. */
public sealed interface LocalServing {
    /** One process of many streams, as Managed Instances have it: caches and connections are shared. */
    record OneProcess(int streams) implements LocalServing {
        /** As many as AWS allows for a vCPU. */
        public static final OneProcess DEFAULT = new OneProcess(64);

        public OneProcess {
            if (streams < 1) {
                throw new IllegalArgumentException("streams: " + streams + " (expected: >= 1)");
            }
        }
    }

    /** Environments of one request at a time, each with caches and clients of its own. */
    record SingleEnvironments(int workers) implements LocalServing {
        public SingleEnvironments {
            if (workers < 1) {
                throw new IllegalArgumentException("portal.workers: " + workers + " (expected: >= 1)");
            }
        }
    }
}
