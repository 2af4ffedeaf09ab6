package network.cortensor.portal.dispatch;

/** What a worker remembers from one request to the next, and knows of those that it serves at the same time. Safe for use by many threads. */
record WorkerMemory(UsualTimes usual, FirstTokens firstTokens, Suspicions suspicions, Queues queues) {
    WorkerMemory() {
        this(new UsualTimes(), new FirstTokens(), new Suspicions(), new Queues());
    }
}
