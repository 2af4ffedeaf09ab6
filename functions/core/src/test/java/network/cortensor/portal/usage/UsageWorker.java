package network.cortensor.portal.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.Tokens;

/** Takes requests one after the other, as a worker does: look, admission, event, tasks, settlement. May die at every step. */
final class UsageWorker {
    private final UsageWorld world;
    private final InstantSource clock;
    private final Ledger ledger;

    UsageWorker(UsageWorld world, InstantSource clock, int badness) {
        this.world = world;
        this.clock = clock;
        UsageTable far = new UnreliableUsageTable(
                world.rules().far(world.table),
                new UnreliableUsageTable.Network(world.schedule, world.judge, badness, world::live, world.random));
        this.ledger = new Ledger(
                world.rules().near(far),
                clock,
                world.schedule::pause,
                world.rules().terms());
    }

    void act(int requests) throws InterruptedException {
        int left = requests;
        try {
            while (left-- > 0) {
                world.schedule.pause(world.untilNextRequest());
                serve(world.customer());
            }
        } catch (Death e) {
            world.replace(left);
        }
    }

    /** Some counters are read some time before they are looked at, as requests do. */
    private AdmissionRequest look(Customer customer) throws UsageUnavailable, InterruptedException {
        return switch (world.random.nextInt(3)) {
            case 0 -> ledger.look(customer);
            case 1 -> ledger.lookPatiently(customer);
            default -> {
                CountersAhead read = ledger.readAhead(customer.customer());
                world.schedule.pause(Duration.ofMillis(world.random.nextInt(1_000)));
                yield ledger.lookPatiently(customer, () -> read);
            }
        };
    }

    private void serve(Customer customer) throws InterruptedException {
        Instant since = world.schedule.instant();
        RequestId request = RequestId.draw(clock.instant(), world.random);
        RequestedUse wanted = new RequestedUse(world.random.nextInt(1, 50), world.random.nextInt(1, 200));
        try {
            AdmissionRequest admissionRequest = look(customer);
            Optional<OverLimit> over = admissionRequest.over();
            if (over.isPresent()) {
                world.judge.refused(new UsageJudge.Refused(customer.keyId(), over.get(), wanted, since));
                admissionRequest.countRefused();
                return;
            }
            world.schedule.pause(Duration.ofMillis(world.random.nextInt(30)));
            switch (admissionRequest.admit(request, "an-alias", wanted)) {
                case Admission.Refused refused -> {
                    world.judge.refused(new UsageJudge.Refused(customer.keyId(), refused.over(), wanted, since));
                    admissionRequest.countRefused();
                }
                case Admission.Admitted admitted -> work(customer, request, admitted.reservation());
            }
        } catch (UsageUnavailable e) {
            return;
        }
    }

    private void work(Customer customer, RequestId request, Reservation reservation) {
        world.judge.works(customer.keyId(), request);
        int attempts = 0;
        try {
            reservation.open();
            attempts = world.random.nextInt(3);
            for (int attempt = 0; attempt < attempts; attempt++) {
                world.judge.served(request);
                world.schedule.pause(Duration.ofMillis(world.random.nextInt(60_000)));
                world.live();
            }
        } catch (UsageUnavailable e) {
            attempts = 0;
        } finally {
            world.judge.rests(request);
        }
        settle(reservation, attempts);
    }

    private void settle(Reservation reservation, int attempts) {
        Tokens used = attempts == 0
                ? new Tokens(0, 0, Basis.COUNTED)
                : new Tokens(1, world.random.nextLong(reservation.answer() + 1), Basis.COUNTED);
        try {
            reservation.settle(new Ending(200, "ok", attempts, Optional.empty(), Duration.ZERO), used);
        } catch (UsageUnavailable e) {
            return;
        }
    }
}
