package network.cortensor.portal.local;

/** Ends this process when the one that started it ends: a terminated Maven would leave it behind. */
final class ParentWatch {
    private ParentWatch() {}

    static void start(Runnable end) {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent -> Thread.ofVirtual().start(() -> {
                    parent.onExit().join();
                    end.run();
                }));
    }
}
