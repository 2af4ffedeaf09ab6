package network.cortensor.portal.health;

import java.util.List;
import network.cortensor.portal.model.Target;

/**
 * Whether a tick's bad looks can be believed, or whether the prober itself is the sick one.
 *
 * <p>When half of all targets or more, over at least two routers, turn bad in one tick, it is more likely that the prober's network, or one of
 * two equal ones, broke than that they all did: the tick is <em>frozen</em>, and nothing bad that it saw is written down. As nothing was written, the next tick
 * compares with the same evidence, and stays frozen for as long as the prober is sick.
 *
 * <p>Targets that were bad before say nothing about the prober and count on neither side. Otherwise a fleet that is half dead could not
 * be protected any more: the other half of it alone would never be half of all. The price: when most of a fleet truly dies within
 * one minute, probes eject none of it, and real traffic does.
 *
 * @param asked targets that were not known to be bad
 * @param turnedBad those of them that look bad now
 * @param routers how many routers these are on
 */
public record ProberSoundness(int asked, int turnedBad, int routers) {

    /** One target, before and now. */
    public record Glimpse(Target target, TargetHealth before, Liveness now) {
        private boolean knownBad() {
            return before.rotation() instanceof Rotation.Ejected
                    || before.liveness().filter(last -> last.liveness().bad()).isPresent();
        }
    }

    public static ProberSoundness of(List<Glimpse> tick) {
        List<Glimpse> asked =
                tick.stream().filter(glimpse -> !glimpse.knownBad()).toList();
        List<Glimpse> turnedBad =
                asked.stream().filter(glimpse -> glimpse.now().bad()).toList();
        long routers = turnedBad.stream()
                .map(glimpse -> glimpse.target().session().router())
                .distinct()
                .count();
        return new ProberSoundness(asked.size(), turnedBad.size(), (int) routers);
    }

    public boolean frozen() {
        return routers >= 2 && turnedBad * 2 >= asked;
    }

    /** Good news is true even if the prober is the sick one; bad news may be its own making. */
    public boolean believes(Observation seen) {
        return !frozen() || !seen.bad();
    }
}
