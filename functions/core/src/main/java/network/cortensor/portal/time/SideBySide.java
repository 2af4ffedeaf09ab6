package network.cortensor.portal.time;

/**
 * Runs calls beside the thread that begins them: on virtual threads, or in a test in whatever order the test decides. Safe for use by many threads.
 *
 * <p>A thread that begins a call waits for the call's end before its own work is over, because the platform may freeze the process then.
 */
public interface SideBySide {
    /** Each call on a virtual thread of its own. */
    SideBySide VIRTUAL_THREADS = new VirtualThreads();

    /** Begins a call. It is carried out whether or not anybody waits for its end. */
    <T, X extends Exception> Pending<T, X> begin(Call<T, X> call);

    /** Waits for a call's end, whatever it comes to. */
    static void end(Pending<?, ?> pending) {
        try {
            pending.await();
        } catch (Exception e) {
            // Nobody wants to know what came of it; its end is all that matters.
            return;
        }
    }

    /** What is to be carried out. */
    @FunctionalInterface
    interface Call<T, X extends Exception> {
        T run() throws X;
    }

    /** A call that was begun. Safe for use by many threads. */
    @FunctionalInterface
    interface Pending<T, X extends Exception> {
        /**
         * Waits for the call's end, and returns or throws what the call does. An interrupt does not shorten the wait, because nobody would know what
         * becomes of a call that was left alone: the thread is interrupted still when this returns.
         */
        T await() throws X;
    }
}
