package network.cortensor.portal.inference;

import java.util.Optional;
import java.util.function.Supplier;
import network.cortensor.portal.runtime.Handler;
import network.cortensor.portal.runtime.Invocation;
import network.cortensor.portal.runtime.ResponseStream;

/** A handler that is made when it is first wanted, once, however many want it at that moment. */
final class FirstUse implements Handler {
    private final Supplier<Handler> maker;
    private volatile Optional<Handler> made = Optional.empty();

    FirstUse(Supplier<Handler> maker) {
        this.maker = maker;
    }

    Handler handler() {
        Optional<Handler> ready = made;
        return ready.isPresent() ? ready.get() : make();
    }

    private synchronized Handler make() {
        Handler handler = made.orElseGet(maker);
        made = Optional.of(handler);
        return handler;
    }

    @Override
    public void handle(Invocation invocation, ResponseStream response) throws Exception {
        handler().handle(invocation, response);
    }
}
