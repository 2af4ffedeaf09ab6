package network.cortensor.portal.dispatch;

import network.cortensor.portal.time.BegunCall;
import network.cortensor.portal.time.SideBySide;

/** Carries each call out when it is begun, on the thread that begins it: for tests of one thread. */
public final class CalledInTurn implements SideBySide {
    @Override
    public <T, X extends Exception> Pending<T, X> begin(Call<T, X> call) {
        BegunCall<T, X> begun = new BegunCall<>(call);
        begun.run();
        return begun;
    }
}
