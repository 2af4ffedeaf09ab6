package network.cortensor.portal.local;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import network.cortensor.portal.testkit.router.Fault;
import network.cortensor.portal.testkit.router.SessionSettings;

/** One scenario of the failover conformance, for one protocol and one size of the pool that it strikes. */
record FailoverCase(Scenario scenario, Spoken protocol, Size size) {
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
        OUTAGE_AND_RETURN(Fault.REFUSE),
        EMPTY_ANSWER(Fault.EMPTY),
        ERROR_IN_THE_STREAM(Fault.IN_BAND_ERROR),
        CONTEXT_OVERFLOW(Fault.CONTEXT_EXCEEDED),
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
            return this == TOO_MANY_ONCE || this == ERROR_500_ONCE || this == OUTAGE_AND_RETURN;
        }

        boolean deadPort() {
            return this == DEAD_POOL || this == DEAD_POOL_AND_FALLBACK_THAT_REFUSES;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    enum Spoken {
        CORTENSOR,
        OPENAI
    }

    enum Size {
        ONE(1),
        THREE(3);

        private final int targets;

        Size(int targets) {
            this.targets = targets;
        }

        int targets() {
            return targets;
        }
    }

    /** How the pool's n-th target behaves. */
    SessionSettings struck(int target) {
        if (scenario.once() && target > 0) {
            return FastPortal.PROMPT;
        }
        SessionSettings settings = FastPortal.PROMPT.withFault(scenario.fault).withHang(Duration.ofSeconds(10));
        return switch (scenario) {
            case LATE_FIRST_TOKEN -> settings.withLatency(Duration.ofMillis(400));
            case TOO_MANY_ONCE, ERROR_500_ONCE, OUTAGE_AND_RETURN -> settings.withFaultTimes(1);
            default -> settings;
        };
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
        BigDecimal unit = switch (scenario) {
            case SILENCE, STALL, STALL_WHILE_BUFFERED -> new BigDecimal("1.5");
            default -> BigDecimal.valueOf(8);
        };
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("firstTokenSeconds", unit);
        fields.put("idleSeconds", unit);
        fields.put("attemptSeconds", unit.multiply(new BigDecimal("1.5")));
        fields.put("totalSeconds", unit.multiply(BigDecimal.TEN));
        fields.put("queueSeconds", unit);
        if (scenario == Scenario.CUT_WHILE_BUFFERED || scenario == Scenario.STALL_WHILE_BUFFERED) {
            fields.put("streaming", "buffered");
        }
        return fields;
    }
}
