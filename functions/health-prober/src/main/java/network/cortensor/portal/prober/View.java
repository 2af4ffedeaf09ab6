package network.cortensor.portal.prober;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.ProberSoundness;
import network.cortensor.portal.health.ProberSoundness.Glimpse;
import network.cortensor.portal.health.Rotation;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/**
 * What a tick has before it.
 *
 * @param looks of those that were looked at
 * @param soundness whether this tick is to be believed
 */
record View(
        TargetList targetList,
        Evidence evidence,
        SlotView slots,
        Map<TargetId, Liveness> looks,
        ProberSoundness soundness) {

    /** Judges the looks by the evidence from before them. */
    static View of(TargetList targetList, Evidence evidence, SlotView slots, Map<TargetId, Liveness> looks) {
        List<Glimpse> glimpses = new ArrayList<>();
        for (Subject subject : targetList.watched()) {
            Target target = subject.target();
            Optional.ofNullable(looks.get(target.id()))
                    .ifPresent(look -> glimpses.add(new Glimpse(target, evidence.of(target), look)));
        }
        return new View(targetList, evidence, slots, looks, ProberSoundness.of(glimpses));
    }

    /** Those that only passes bring back, as far as they are looked at. */
    List<Subject> ejected() {
        return targetList.watched().stream()
                .filter(subject -> evidence.of(subject.target()).rotation() instanceof Rotation.Ejected)
                .toList();
    }

    /** The same at later looks: what the tick believes stays. */
    View with(SlotView laterSlots, Map<TargetId, Liveness> laterLooks) {
        return new View(targetList, evidence, laterSlots, laterLooks, soundness);
    }

    Optional<Liveness> look(Target target) {
        return Optional.ofNullable(looks.get(target.id()));
    }

    /** What is known with an observation, if it is believed; otherwise what is known without it. */
    TargetHealth learn(Target target, Observation seen) {
        return soundness.believes(seen) ? evidence.learn(target, seen) : evidence.of(target);
    }
}
