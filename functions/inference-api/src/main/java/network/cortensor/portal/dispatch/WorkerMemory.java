package network.cortensor.portal.dispatch;

/** What a worker remembers from one request to the next. Safe for use by many threads. */
record WorkerMemory(UsualTimes usual, Suspicions suspicions) {
    WorkerMemory() {
        this(new UsualTimes(), new Suspicions());
    }
}
