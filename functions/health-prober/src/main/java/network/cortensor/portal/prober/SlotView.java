package network.cortensor.portal.prober;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.SlotsUnavailable;

/** Which slots are taken, as one read per router showed at the beginning of a tick. */
final class SlotView {
    private static final int READS_AT_ONCE = 16;

    private final ConcurrentHashMap<String, List<Lease>> taken = new ConcurrentHashMap<>();

    private SlotView() {}

    static SlotView read(ProberParts parts, List<Subject> subjects) throws InterruptedException {
        Set<String> routers = subjects.stream()
                .map(subject -> subject.target().session().router())
                .collect(Collectors.toSet());
        SlotView view = new SlotView();
        Abreast.map(routers, READS_AT_ONCE, router -> view.read(parts, router));
        return view;
    }

    private String read(ProberParts parts, String router) {
        Instant now = parts.clock().instant();
        try {
            taken.put(
                    router,
                    parts.stores().table().rows(router).stream()
                            .filter(lease ->
                                    parts.stores().slots().freeAt(lease).isAfter(now))
                            .toList());
        } catch (SlotsUnavailable e) {
            // Absent: it is unknown, and nothing is concluded from it.
            taken.remove(router);
        }
        return router;
    }

    /** How many slots of its session are not free; empty if it is unknown. */
    Optional<Integer> taken(Target target) {
        return Optional.ofNullable(taken.get(target.session().router())).map(leases -> (int) leases.stream()
                .filter(lease -> lease.session().equals(target.session()))
                .count());
    }

    /** The same, with all of them where it is unknown. */
    int surelyTaken(Target target) {
        int all = switch (target.capacity()) {
            case Capacity.Slots slots -> slots.count();
            case Capacity.Unlimited ignored -> 0;
        };
        return taken(target).orElse(all);
    }
}
