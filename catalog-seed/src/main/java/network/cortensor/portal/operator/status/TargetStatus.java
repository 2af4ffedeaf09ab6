package network.cortensor.portal.operator.status;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.routing.PoolChoice;
import network.cortensor.portal.slots.Lease;
import org.jspecify.annotations.Nullable;

/**
 * One target as a request for one alias would meet it at one instant: a line of {@code status}.
 *
 * @param judged whether the target may be picked, and what keeps it from that
 * @param health what probes and traffic have shown of it
 * @param taken the slots of its session that are not free
 * @param now the instant that all of this holds at
 * @param why in words for people: why the target is not picked, or comes late; empty if there is nothing to say
 */
record TargetStatus(PoolChoice.Judged judged, TargetHealth health, List<Lease> taken, Instant now, String why) {
    static TargetStatus of(PoolChoice.Judged judged, PoolChoice pool, State alias, FleetView fleet) {
        Target target = judged.view().target();
        TargetHealth health = fleet.health(target);
        List<Lease> taken = fleet.taken(target);
        return new TargetStatus(judged, health, taken, fleet.now(), new Reasons(pool, alias, fleet).of(judged));
    }

    Target target() {
        return judged.view().target();
    }

    State effective() {
        return judged.state();
    }

    boolean eligible() {
        return switch (judged.verdict()) {
            case ELIGIBLE, TRIED -> true;
            case STATE, WEIGHT, SESSION_ENDS, MODEL, FEATURE, EJECTED, LIMITED -> false;
        };
    }

    /** {@code 1/4}, or a dash where the server needs no slots. */
    String slots() {
        return switch (target().capacity()) {
            case Capacity.Slots all -> taken.size() + "/" + all.count();
            case Capacity.Unlimited ignored -> "–";
        };
    }

    int capacity() {
        return switch (target().capacity()) {
            case Capacity.Slots all -> all.count();
            case Capacity.Unlimited ignored -> 0;
        };
    }

    Object json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", target().id().name());
        json.put("state", target().state().word());
        json.put("effective", effective().word());
        json.put("verdict", judged.verdict().word());
        json.put("why", why);
        json.put("weight", target().weight());
        json.put("health", judged.view().standing().word());
        json.put(
                "liveness",
                health.liveness().map(last -> last.liveness().word()).orElse(null));
        json.put("slotsTaken", taken.size());
        json.put("slots", capacity() == 0 ? null : capacity());
        json.put(
                "firstTokenMs", health.firstToken().map(time -> time.toMillis()).orElse(null));
        json.put("lastSuccess", text(health.latest().success()));
        json.put(
                "lastFailure",
                health.latest().failure().map(seen -> seen.kind()).orElse(null));
        json.put("lastFailureAt", text(health.latest().failure().map(seen -> seen.at())));
        json.put("specialTokens", specialTokens());
        json.put("breaksSpecialTokens", breaksSpecialTokens());
        json.put("sessionExpiresAt", text(target().sessionExpiresAt()));
        json.put("drainedSince", text(health.drainedBy(now)));
        return json;
    }

    private @Nullable String specialTokens() {
        return switch (target().protocol()) {
            case Protocol.Cortensor cortensor ->
                cortensor.rawText().specialTokens().word();
            case Protocol.OpenAi ignored -> null;
        };
    }

    private @Nullable Boolean breaksSpecialTokens() {
        return switch (target().protocol()) {
            case Protocol.Cortensor ignored -> null;
            case Protocol.OpenAi openAi -> openAi.breaksSpecialTokens();
        };
    }

    private static @Nullable String text(Optional<Instant> moment) {
        return moment.map(Instant::toString).orElse(null);
    }
}
