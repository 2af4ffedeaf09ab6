package network.cortensor.portal.inference;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.model.Failure;
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
    private int connections;

    TripRouter(RouterKeys keys, SideBySide beside, RecordedTrips trips) {
        this.keys = keys;
        this.beside = beside;
        this.trips = trips;
    }

    @Override
    public RouterCall open(Target target, CompletionRequest request, CallTimes times) {
        connections++;
        trips.call("connect");
        return sent(target);
    }

    /** The call of an attempt closes its connection. */
    private RouterCall sent(Target target) {
        connections--;
        if (keys.keyFor(target.routerUrl()) instanceof RouterKeys.RouterKey.Unavailable) {
            return new Answer(List.of(new RouterEvent.Failed(Failure.NotSent.NO_CREDENTIAL)));
        }
        trips.sent();
        return new Answer(List.of(
                new RouterEvent.Said(new CompletionEvent.Text("Hello")),
                new RouterEvent.Said(new CompletionEvent.End(FinishReason.STOP, Optional.empty()))));
    }

    /** How many stand. */
    int connections() {
        return connections;
    }

    @Override
    public Approach approach(Target target, Duration within) {
        Pending<Boolean, RuntimeException> connecting = beside.begin(() -> {
            trips.call("connect");
            return true;
        });
        connections++;
        return new Approach() {
            private boolean used;

            @Override
            public boolean leadsTo(Target other) {
                return !used && other.session().router().equals(target.session().router());
            }

            @Override
            public RouterCall open(Target other, CompletionRequest request, CallTimes times) {
                connecting.await();
                used = true;
                return sent(other);
            }

            @Override
            public void close() {
                if (!used) {
                    used = true;
                    connecting.await();
                    connections--;
                }
            }
        };
    }

    @Override
    public void readCredential(Target target) {
        keys.keyFor(target.routerUrl());
    }

    private static final class Answer implements RouterCall {
        private final Iterator<RouterEvent> events;

        private Answer(List<RouterEvent> events) {
            this.events = events.iterator();
        }

        @Override
        public Optional<RouterEvent> next(Duration wait) {
            return Optional.of(events.next());
        }

        @Override
        public boolean taskEnded() {
            return true;
        }

        @Override
        public void close() {}
    }
}
