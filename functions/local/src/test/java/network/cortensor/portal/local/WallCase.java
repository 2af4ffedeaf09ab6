package network.cortensor.portal.local;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import network.cortensor.portal.testkit.router.Fault;
import network.cortensor.portal.testkit.router.SessionSettings;

/** One case of the fault wall. */
record WallCase(Fault fault, Scope scope, Mode mode, Api api, Front front) {
    static final String TEXT = "alpha bravo charlie delta echo foxtrot golf hotel";

    private static final Duration HANG = Duration.ofSeconds(10);

    /** Which of the alias's two targets have the fault; the faulty one is always tried first. */
    enum Scope {
        ONE_OF_TWO,
        ALL
    }

    enum Mode {
        STREAMED,
        WHOLE
    }

    /** The endpoints, with a request's body for each. */
    enum Api {
        CHAT("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"" + TEXT + "\"}]"),
        COMPLETIONS("/v1/completions", "\"prompt\":\"" + TEXT + "\""),
        MESSAGES("/v1/messages", "\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"" + TEXT + "\"}]"),
        RESPONSES("/v1/responses", "\"input\":\"" + TEXT + "\"");

        private final String path;
        private final String input;

        Api(String path, String input) {
            this.path = path;
            this.input = input;
        }

        /** The fronts on which it is tried: what is between them and an endpoint is the same for all endpoints. */
        List<Front> fronts() {
            return this == RESPONSES ? List.of(Front.API_GATEWAY) : List.of(Front.values());
        }

        String path() {
            return path;
        }

        String body(String model, Mode mode) {
            return "{\"model\":\"" + model + "\",\"stream\":" + (mode == Mode.STREAMED) + "," + input + "}";
        }
    }

    enum Front {
        API_GATEWAY,
        FUNCTION_URL
    }

    /** What the customer must see. */
    String expected() {
        return switch (fault) {
            case NONE, JSON_FOR_STREAM, BLANK_FINISH, LOUD_FINISH -> "answer";
            case LOST_TOKENS -> mode == Mode.STREAMED ? "answer, words lost" : "answer";
            case INTERLEAVE ->
                mode == Mode.STREAMED ? "answer" : beforeTheFirstToken(502, "upstream_error", "api_error");
            case STALL ->
                mode == Mode.STREAMED
                        ? "one error event"
                        : beforeTheFirstToken(504, "upstream_timeout", "timeout_error");
            case CUT, NO_END_MARKER, BAD_EVENT, ODD_FINISH ->
                mode == Mode.STREAMED ? "one error event" : beforeTheFirstToken(502, "upstream_error", "api_error");
            case TOO_MANY -> beforeTheFirstToken(503, "model_overloaded", "overloaded_error");
            case HANG, NO_MINERS, DRIP -> beforeTheFirstToken(504, "upstream_timeout", "timeout_error");
            case REFUSE,
                    RESET,
                    RESET_IN_HEADERS,
                    EMPTY,
                    PENDING,
                    IN_BAND_ERROR,
                    UNAUTHORIZED,
                    BAD_REQUEST,
                    CONTEXT_EXCEEDED,
                    CONTENT_FILTERED,
                    NO_CREDIT,
                    HTML_503,
                    NOT_FOUND,
                    ERROR_500,
                    HTML_502,
                    HTML_504,
                    OVERSIZE -> beforeTheFirstToken(502, "upstream_error", "api_error");
        };
    }

    /** Invisible where a healthy target is left; else the status with OpenAI's code or Anthropic's type. */
    private String beforeTheFirstToken(int status, String code, String anthropicType) {
        return switch (scope) {
            case ONE_OF_TWO -> "answer";
            case ALL -> status + " " + (api == Api.MESSAGES ? anthropicType : code);
        };
    }

    /** How a session with the fault behaves. A dripping one is so slow that it is never done in time; a hung one holds on for longer than we do. */
    SessionSettings faulty() {
        SessionSettings settings = FastPortal.PROMPT.withFault(fault).withHang(HANG);
        return fault == Fault.DRIP ? settings.withTokensPerSecond(20) : settings;
    }

    /** Whether the simulator must have counted the fault: some faults exist in streams only. */
    boolean strikes() {
        return switch (fault) {
            case NONE -> false;
            case JSON_FOR_STREAM, LOST_TOKENS, BLANK_FINISH -> mode == Mode.STREAMED;
            default -> true;
        };
    }

    /** The row of the table that this case belongs to. */
    String row() {
        return fault.word() + " | " + word(scope) + " | " + word(mode);
    }

    /** The column. */
    String column() {
        return word(api) + ", " + word(front);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** How long things may take: little where a deadline must pass, and enough for a busy machine where none may. */
    Map<String, Object> times() {
        BigDecimal unit = switch (fault) {
            case HANG, NO_MINERS, DRIP, STALL -> new BigDecimal("1.6");
            case OVERSIZE -> BigDecimal.valueOf(20);
            default -> BigDecimal.valueOf(8);
        };
        return Map.of(
                "firstTokenSeconds", unit,
                "idleSeconds", unit,
                "attemptSeconds", unit.multiply(new BigDecimal("1.5")),
                "totalSeconds", unit.multiply(BigDecimal.TEN),
                "queueSeconds", unit);
    }
}
