package network.cortensor.portal.inference;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.router.Approach;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.Router;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.router.RouterEvent;
import network.cortensor.portal.router.RouterKeys;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.time.SideBySide.Pending;

/** Reads the credential, connects, sends and is answered at once; all but the answer is recorded. */
final class TripRouter implements Router {
    private final RouterKeys keys;
    private final SideBySide beside;
    private final RecordedTrips trips;

    TripRouter(RouterKeys keys, SideBySide beside, RecordedTrips trips) {
        this.keys = keys;
        this.beside = beside;
        this.trips = trips;
    }

    @Override
    public RouterCall open(Target target, CompletionRequest request, CallTimes times) {
        keys.keyFor(target.routerUrl());
        trips.call("connect");
        trips.sent();
        return new Answer();
    }

    @Override
    public Approach approach(Target target, Duration within) {
        Pending<Boolean, RuntimeException> connecting = beside.begin(() -> {
            trips.call("connect");
            return true;
        });
        return new Approach() {
            @Override
            public boolean leadsTo(Target other) {
                return other.session().router().equals(target.session().router());
            }

            @Override
            public RouterCall open(Target other, CompletionRequest request, CallTimes times) {
                connecting.await();
                keys.keyFor(target.routerUrl());
                trips.sent();
                return new Answer();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void readCredential(Target target) {
        keys.keyFor(target.routerUrl());
    }

    private static final class Answer implements RouterCall {
        private final Iterator<CompletionEvent> events = List.<CompletionEvent>of(
                        new CompletionEvent.Text("Hello"), new CompletionEvent.End(FinishReason.STOP, Optional.empty()))
                .iterator();

        @Override
        public Optional<RouterEvent> next(Duration wait) {
            return Optional.of(new RouterEvent.Said(events.next()));
        }

        @Override
        public boolean taskEnded() {
            return true;
        }

        @Override
        public void close() {}
    }
}
