package network.cortensor.portal.inference;

import network.cortensor.portal.testkit.schedule.Schedule;
import network.cortensor.portal.time.BegunCall;
import network.cortensor.portal.time.SideBySide;

/** Calls beside each other in virtual time: each is an actor of a schedule. */
final class ScheduledCalls implements SideBySide {
    private final Schedule schedule;
    private int number;

    ScheduledCalls(Schedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public <T, X extends Exception> Pending<T, X> begin(Call<T, X> call) {
        BegunCall<T, X> begun = new BegunCall<>(call);
        Schedule.Signal ended = schedule.signal();
        schedule.start(schedule.actor() + "-" + number++, schedule.instant(), () -> {
            begun.run();
            ended.give();
        });
        return () -> {
            ended.await();
            return begun.await();
        };
    }
}
