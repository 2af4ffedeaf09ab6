package network.cortensor.portal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.router.Approach;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.Router;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.router.RouterEvent;
import network.cortensor.portal.testkit.schedule.Schedule;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.time.SideBySide.Pending;

/** Routers whose sessions answer one task at a time, and say so if they are given two. */
final class OrderRouters {
    private final Schedule schedule;
    private final RandomGenerator random;
    private final Map<Session, Integer> busy = new HashMap<>();
    private int credential;

    OrderRouters(Schedule schedule, RandomGenerator random) {
        this.schedule = schedule;
        this.random = random;
    }

    /** Whoever presents the credential of before is refused. */
    void rotateCredential() {
        credential++;
    }

    boolean idle() {
        return busy.values().stream().allMatch(tasks -> tasks == 0);
    }

    /** The routers as one worker reaches them. */
    Router of(OrderWorld.Worker worker, SideBySide beside, OrderWorld world) {
        return new Reached(worker, beside, world);
    }

    private final class Reached implements Router {
        private final OrderWorld.Worker worker;
        private final SideBySide beside;
        private final OrderWorld world;
        private int known;

        private Reached(OrderWorld.Worker worker, SideBySide beside, OrderWorld world) {
            this.worker = worker;
            this.beside = beside;
            this.world = world;
        }

        @Override
        public void readCredential(Target target) {
            pass(30);
            known = credential;
        }

        @Override
        public Approach approach(Target target, Duration within) {
            Pending<Boolean, RuntimeException> connecting = beside.begin(() -> {
                pass(50);
                return random.nextInt(10) > 0;
            });
            return new Approach() {
                @Override
                public boolean leadsTo(Target other) {
                    return other.session().router().equals(target.session().router());
                }

                @Override
                public RouterCall open(Target other, CompletionRequest request, CallTimes times) {
                    return connecting.await() ? sent(other) : refused(new Failure.NotSent(Failure.NotSent.Cause.TLS));
                }

                @Override
                public void close() {
                    connecting.await();
                }
            };
        }

        @Override
        public RouterCall open(Target target, CompletionRequest request, CallTimes times) {
            pass(50);
            return sent(target);
        }

        private RouterCall sent(Target target) {
            if (known != credential) {
                known = credential;
                return refused(new Failure.Refused(401));
            }
            Session session = target.session();
            worker.sent();
            world.sends(worker, session);
            assertThat(busy.merge(session, 1, Integer::sum))
                    .as("tasks of " + session)
                    .isEqualTo(1);
            return answering(session);
        }

        private RouterCall refused(Failure failure) {
            return new Spoken(Duration.ZERO, Optional.empty(), new RouterEvent.Failed(failure));
        }

        private RouterCall answering(Session session) {
            Duration takes = Duration.ofMillis(random.nextInt(5_000));
            boolean fails = random.nextInt(10) == 0;
            schedule.at(schedule.instant().plus(takes), () -> busy.merge(session, -1, Integer::sum));
            return fails
                    ? new Spoken(takes, Optional.empty(), new RouterEvent.Failed(new Failure.RouterError()))
                    : new Spoken(
                            takes,
                            Optional.of(new RouterEvent.Said(new CompletionEvent.Text("Hello"))),
                            new RouterEvent.Said(new CompletionEvent.End(FinishReason.STOP, Optional.empty())));
        }
    }

    /** An answer whose parts all come when the task has ended. */
    private final class Spoken implements RouterCall {
        private final Duration takes;
        private final Deque<RouterEvent> events = new ArrayDeque<>();
        private boolean begun;

        private Spoken(Duration takes, Optional<RouterEvent> first, RouterEvent last) {
            this.takes = takes;
            first.ifPresent(events::add);
            events.add(last);
        }

        @Override
        public Optional<RouterEvent> next(Duration wait) {
            if (!begun) {
                begun = true;
                schedule.pause(takes);
                schedule.pause(Duration.ofMillis(1));
            }
            return Optional.of(events.remove());
        }

        @Override
        public boolean taskEnded() {
            return true;
        }

        @Override
        public void close() {}
    }

    private void pass(int most) {
        schedule.pause(Duration.ofMillis(random.nextInt(most)));
    }
}
