package network.cortensor.portal.local;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.testkit.router.Fault;
import network.cortensor.portal.testkit.router.SessionSettings;

/**
 * One scenario of the failover conformance.
 *
 * @param targets of the pool that it strikes, all of one protocol
 * @param capacity of each of them
 * @param requests one after the other
 */
record FailoverCase(Scenario scenario, Spoken protocol, int targets, int capacity, int requests) {
    private static final int USUAL_REQUESTS = 3;

    /** What happens to every target of the route's pool. The fallback pool has one target, which is well unless the scenario says otherwise. */
    enum Scenario {
        WELL(Fault.NONE),
        LATE_FIRST_TOKEN(Fault.NONE),
        TOO_MANY_ONCE(Fault.TOO_MANY),
        TOO_MANY_FOR_LONG(Fault.TOO_MANY),
        ERROR_500_ONCE(Fault.ERROR_500),
        ERROR_500_FOR_LONG(Fault.ERROR_500),
        ERROR_502(Fault.HTML_502),
        ERROR_503(Fault.HTML_503),
        WRONG_KEY(Fault.UNAUTHORIZED),
        RESET(Fault.RESET),
        SILENCE(Fault.HANG),
        DEAD_POOL(Fault.NONE),
        DEAD_POOL_AND_FALLBACK_THAT_REFUSES(Fault.NONE),
        REFUSED_ONCE(Fault.REFUSE),
        FALLBACK_OF_ANOTHER_MODEL(Fault.HTML_503),
        ERROR_500_ONCE_AND_FALLBACK_OF_ANOTHER_MODEL(Fault.ERROR_500),
        EMPTY_ANSWER(Fault.EMPTY),
        ERROR_IN_THE_STREAM(Fault.IN_BAND_ERROR),
        CONTEXT_OVERFLOW(Fault.CONTEXT_EXCEEDED),
        CONTEXT_OVERFLOW_AND_FALLBACK_OF_A_LONGER_ONE(Fault.CONTEXT_EXCEEDED),
        CONTENT_FILTER(Fault.CONTENT_FILTERED),
        CUT(Fault.CUT),
        CUT_WHILE_BUFFERED(Fault.CUT),
        CUT_AND_FALLBACK_THAT_REFUSES(Fault.CUT),
        STALL(Fault.STALL),
        STALL_WHILE_BUFFERED(Fault.STALL),
        BAD_EVENT(Fault.BAD_EVENT),
        MISSING_END(Fault.NO_END_MARKER),
        ODD_END(Fault.ODD_FINISH),
        BLANK_ENDS(Fault.BLANK_FINISH);

        private final Fault fault;

        Scenario(Fault fault) {
            this.fault = fault;
        }

        /** Whether nothing of the faulty answer can have reached the customer, so that the fallback must have answered. */
        boolean rescued() {
            return switch (this) {
                case CUT, CUT_AND_FALLBACK_THAT_REFUSES, STALL, BAD_EVENT, MISSING_END, ODD_END -> false;
                case DEAD_POOL_AND_FALLBACK_THAT_REFUSES, CONTENT_FILTER, CONTEXT_OVERFLOW -> false;
                default -> true;
            };
        }

        /** Whether only the first target is struck, and only by the first request. The others are then well, and tried after it. */
        boolean once() {
            return switch (this) {
                case TOO_MANY_ONCE, ERROR_500_ONCE, REFUSED_ONCE, ERROR_500_ONCE_AND_FALLBACK_OF_ANOTHER_MODEL -> true;
                default -> false;
            };
        }

        boolean deadPort() {
            return this == DEAD_POOL || this == DEAD_POOL_AND_FALLBACK_THAT_REFUSES;
        }

        /** Whether the fallback pool serves another model, of a longer context. */
        boolean otherModel() {
            return switch (this) {
                case FALLBACK_OF_ANOTHER_MODEL,
                        ERROR_500_ONCE_AND_FALLBACK_OF_ANOTHER_MODEL,
                        CONTEXT_OVERFLOW_AND_FALLBACK_OF_A_LONGER_ONE -> true;
                default -> false;
            };
        }

        boolean buffered() {
            return this == CUT_WHILE_BUFFERED || this == STALL_WHILE_BUFFERED;
        }

        /** Whether it makes a difference how many slots a target has. */
        private boolean keepsSlots() {
            return switch (this) {
                case DEAD_POOL, ERROR_503, RESET, SILENCE, FALLBACK_OF_ANOTHER_MODEL -> true;
                default -> false;
            };
        }

        /** Whether a target is asked again while the slot of its failure may be kept. */
        private boolean needsSpareSlots() {
            return this == ERROR_500_ONCE_AND_FALLBACK_OF_ANOTHER_MODEL;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    enum Spoken {
        CORTENSOR(1, 4),
        OPENAI(8, 1);

        private final int usualCapacity;
        private final int otherCapacity;

        Spoken(int usualCapacity, int otherCapacity) {
            this.usualCapacity = usualCapacity;
            this.otherCapacity = otherCapacity;
        }
    }

    /** Every scenario for both protocols, for one target and for several, with other capacities where they matter; and pools that stay dead for many requests. */
    static List<FailoverCase> all() {
        List<FailoverCase> all = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            for (Spoken protocol : Spoken.values()) {
                for (int targets : List.of(1, 3)) {
                    int capacity = scenario.needsSpareSlots()
                            ? Math.max(protocol.usualCapacity, protocol.otherCapacity)
                            : protocol.usualCapacity;
                    all.add(new FailoverCase(scenario, protocol, targets, capacity, USUAL_REQUESTS));
                    if (scenario.keepsSlots()) {
                        all.add(new FailoverCase(scenario, protocol, targets, protocol.otherCapacity, USUAL_REQUESTS));
                    }
                }
                if (scenario == Scenario.DEAD_POOL) {
                    all.add(new FailoverCase(scenario, protocol, 4, protocol.usualCapacity, 18));
                }
                if (scenario == Scenario.ERROR_503) {
                    all.add(new FailoverCase(scenario, protocol, 3, protocol.usualCapacity, 8));
                }
            }
        }
        return all;
    }

    /** How the pool's n-th target behaves. */
    SessionSettings struck(int target) {
        if (scenario.once() && target > 0) {
            return FastPortal.PROMPT;
        }
        SessionSettings settings = FastPortal.PROMPT
                .withFault(scenario.fault)
                .withCapacity(capacity)
                .withHang(Duration.ofSeconds(10));
        if (scenario.once()) {
            return settings.withFaultTimes(1);
        }
        return scenario == Scenario.LATE_FIRST_TOKEN ? settings.withLatency(Duration.ofMillis(400)) : settings;
    }

    SessionSettings fallback() {
        return switch (scenario) {
            case CUT_AND_FALLBACK_THAT_REFUSES, DEAD_POOL_AND_FALLBACK_THAT_REFUSES ->
                FastPortal.PROMPT.withFault(Fault.UNAUTHORIZED);
            default -> FastPortal.PROMPT;
        };
    }

    /** The struck pool's fields: little time where a deadline must pass, and enough for a busy machine where none may. */
    Map<String, Object> times() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("firstTokenSeconds", unit());
        fields.put("idleSeconds", unit());
        fields.put("attemptSeconds", unit().multiply(new BigDecimal("1.5")));
        fields.put("totalSeconds", unit().multiply(BigDecimal.TEN));
        fields.put("queueSeconds", scenario.once() ? BigDecimal.valueOf(60) : unit());
        if (scenario.buffered()) {
            fields.put("streaming", "buffered");
        }
        return fields;
    }

    /** Whether its targets fail so that they come behind all others for a time, and are tried there while the fallback's slot is not free again yet. */
    boolean leavesTargetsAlone() {
        return scenario == Scenario.DEAD_POOL
                || scenario == Scenario.SILENCE
                || scenario == Scenario.STALL_WHILE_BUFFERED;
    }

    /** How often its targets are tried at most: until each is ejected. */
    int triesInVain() {
        return HealthFold.FAILURES_TO_EJECT * targets;
    }

    /** How long the product waits in vain for what does not come: for a first token or the next one, or for a whole answer, which has four fifths of its attempt. */
    BigDecimal patience() {
        return scenario.buffered() ? unit().multiply(new BigDecimal("1.2")) : unit();
    }

    private BigDecimal unit() {
        return switch (scenario) {
            case SILENCE, STALL, STALL_WHILE_BUFFERED -> new BigDecimal("1.5");
            default -> BigDecimal.valueOf(8);
        };
    }
}
