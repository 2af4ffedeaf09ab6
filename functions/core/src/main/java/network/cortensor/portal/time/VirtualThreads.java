package network.cortensor.portal.time;

/** A virtual thread for each call. */
final class VirtualThreads implements SideBySide {
    @Override
    public <T, X extends Exception> Pending<T, X> begin(Call<T, X> call) {
        BegunCall<T, X> begun = new BegunCall<>(call);
        Thread.ofVirtual().name("beside").start(begun);
        return begun;
    }
}
