package network.cortensor.portal.dispatch;

/** What a worker remembers from one request to the next. Safe for use by many threads. */
record WorkerMemory(UsualTimes usual, FirstTokens firstTokens, Suspicions suspicions) {
    WorkerMemory() {
        this(new UsualTimes(), new FirstTokens(), new Suspicions());
    }
}
