package network.cortensor.portal.local;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.local.WallCase.Api;
import network.cortensor.portal.local.WallCase.Mode;
import network.cortensor.portal.testkit.router.Fault;
import network.cortensor.portal.testkit.router.Quirk;
import network.cortensor.portal.testkit.router.SessionSettings;

/** One case of the wall of imperfect answers: a kind of upstream with its trouble, asked at one endpoint. */
record AnswerWallCase(Upstream upstream, Trouble trouble, Api api, Mode mode) {

    /** Who answers: a server that parses what its model wrote, or a session of which the raw text is read here. */
    enum Upstream {
        OPENAI("harmony"),
        GPT_OSS("harmony"),
        QWEN("qwen3.5"),
        GEMMA("gemma4");

        private final String format;

        Upstream(String format) {
            this.format = format;
        }

        String format() {
            return format;
        }

        String word() {
            return this == OPENAI ? "an OpenAI server" : "a session, " + format;
        }
    }

    /** What is asked for. */
    enum Wanted {
        WORDS,
        CALLS,
        JSON
    }

    /** What goes wrong, if anything. */
    record Trouble(Wanted wanted, Quirk quirk, Fault fault) {
        static Trouble of(Wanted wanted, Quirk quirk) {
            return new Trouble(wanted, quirk, Fault.NONE);
        }

        static Trouble of(Wanted wanted, Fault fault) {
            return new Trouble(wanted, Quirk.NONE, fault);
        }

        String word() {
            return wanted.name().toLowerCase(Locale.ROOT) + " | " + (fault == Fault.NONE ? quirk.word() : fault.word());
        }
    }

    private static final String CALLS =
            "call get_weather {\\\"city\\\":\\\"Paris\\\"} and call get_time {\\\"zone\\\":\\\"JST\\\"}";

    private static final String SCHEMA = """
            {"type":"object","properties":{"city":{"type":"string"},"zone":{"type":"string"}}}\
            """;

    private static final String ANSWER_SCHEMA = """
            {"type":"object","properties":{"day":{"type":"string"}},"required":["day"],"additionalProperties":false}\
            """;

    static List<AnswerWallCase> all() {
        List<AnswerWallCase> all = new ArrayList<>();
        for (Upstream upstream : Upstream.values()) {
            for (Trouble trouble : troubles(upstream)) {
                for (Api api : List.of(Api.CHAT, Api.MESSAGES, Api.RESPONSES)) {
                    for (Mode mode : Mode.values()) {
                        all.add(new AnswerWallCase(upstream, trouble, api, mode));
                    }
                }
            }
        }
        return all;
    }

    private static List<Trouble> troubles(Upstream upstream) {
        return switch (upstream) {
            case OPENAI ->
                Stream.of(
                                quirks(
                                        Quirk.NONE,
                                        Quirk.STOP_AFTER_CALL,
                                        Quirk.SAME_INDEX,
                                        Quirk.NO_INDEX,
                                        Quirk.NO_ID,
                                        Quirk.OBJECT_ARGUMENTS,
                                        Quirk.EMPTY_ARGUMENTS,
                                        Quirk.INTERLEAVED_CALLS,
                                        Quirk.TEXT_BETWEEN,
                                        Quirk.CUT_ARGUMENTS,
                                        Quirk.BROKEN_ARGUMENTS,
                                        Quirk.UNOFFERED_FUNCTION),
                                Stream.of(Fault.CUT, Fault.NO_END_MARKER, Fault.ODD_FINISH, Fault.LOUD_FINISH)
                                        .map(fault -> Trouble.of(Wanted.CALLS, fault)),
                                json(),
                                Stream.of(
                                                Fault.TOO_MANY,
                                                Fault.CONTEXT_EXCEEDED,
                                                Fault.CONTENT_FILTERED,
                                                Fault.NO_CREDIT,
                                                Fault.EMPTY,
                                                Fault.IN_BAND_ERROR,
                                                Fault.BLANK_FINISH,
                                                Fault.LOUD_FINISH,
                                                Fault.ODD_FINISH,
                                                Fault.CUT)
                                        .map(fault -> Trouble.of(Wanted.WORDS, fault)))
                        .flatMap(rows -> rows)
                        .toList();
            case GPT_OSS ->
                Stream.concat(
                                quirks(
                                        Quirk.NONE,
                                        Quirk.RECIPIENT_IN_ROLE,
                                        Quirk.PLAIN_TYPE,
                                        Quirk.ROLE_TWICE,
                                        Quirk.MARKS_STRIPPED,
                                        Quirk.UNCLOSED_CALL,
                                        Quirk.BROKEN_ARGUMENTS,
                                        Quirk.UNOFFERED_FUNCTION),
                                json())
                        .toList();
            case QWEN ->
                Stream.concat(
                                quirks(
                                        Quirk.NONE,
                                        Quirk.FORGOTTEN_CLOSE,
                                        Quirk.UNCLOSED_CALL,
                                        Quirk.BROKEN_ARGUMENTS,
                                        Quirk.UNOFFERED_FUNCTION),
                                json())
                        .toList();
            case GEMMA ->
                Stream.concat(
                                quirks(
                                        Quirk.NONE,
                                        Quirk.DOUBLED_CLOSER,
                                        Quirk.MISSING_CLOSER,
                                        Quirk.JSON_QUOTES,
                                        Quirk.UNCLOSED_CALL,
                                        Quirk.BROKEN_ARGUMENTS,
                                        Quirk.UNOFFERED_FUNCTION),
                                json())
                        .toList();
        };
    }

    private static Stream<Trouble> quirks(Quirk... quirks) {
        return Stream.of(quirks).map(quirk -> Trouble.of(Wanted.CALLS, quirk));
    }

    private static Stream<Trouble> json() {
        return Stream.of(Trouble.of(Wanted.JSON, Quirk.NONE), Trouble.of(Wanted.JSON, Quirk.WORDS_FOR_JSON));
    }

    SessionSettings settings() {
        return FastPortal.PROMPT.withCapacity(4).withQuirk(trouble.quirk()).withFault(trouble.fault());
    }

    /** Enough for a busy machine: no deadline matters here. */
    Map<String, Object> times() {
        return new HashMap<>(Map.of(
                "firstTokenSeconds", BigDecimal.valueOf(20),
                "idleSeconds", BigDecimal.valueOf(20),
                "attemptSeconds", BigDecimal.valueOf(30),
                "totalSeconds", BigDecimal.valueOf(200),
                "queueSeconds", BigDecimal.valueOf(8)));
    }

    String body(String model) {
        String user = switch (trouble.wanted()) {
            case WORDS, JSON -> WallCase.TEXT;
            case CALLS -> CALLS;
        };
        String input = switch (api) {
            case CHAT, COMPLETIONS -> "\"messages\":[{\"role\":\"user\",\"content\":\"" + user + "\"}]";
            case MESSAGES -> "\"max_tokens\":500,\"messages\":[{\"role\":\"user\",\"content\":\"" + user + "\"}]";
            case RESPONSES -> "\"input\":\"" + user + "\"";
        };
        return "{\"model\":\"" + model + "\",\"stream\":" + (mode == Mode.STREAMED) + "," + input + more() + "}";
    }

    private String more() {
        return switch (trouble.wanted()) {
            case WORDS -> "";
            case CALLS -> ",\"tools\":[" + tool("get_weather") + "," + tool("get_time") + "]";
            case JSON ->
                switch (api) {
                    case CHAT, COMPLETIONS ->
                        ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"day\",\"strict\":true,\"schema\":"
                                + ANSWER_SCHEMA + "}}";
                    case MESSAGES ->
                        ",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":" + ANSWER_SCHEMA + "}}";
                    case RESPONSES ->
                        ",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"day\",\"strict\":true,\"schema\":"
                                + ANSWER_SCHEMA + "}}";
                };
        };
    }

    private String tool(String name) {
        return switch (api) {
            case CHAT, COMPLETIONS ->
                "{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"parameters\":" + SCHEMA + "}}";
            case MESSAGES -> "{\"name\":\"" + name + "\",\"input_schema\":" + SCHEMA + "}";
            case RESPONSES ->
                "{\"type\":\"function\",\"name\":\"" + name + "\",\"strict\":false,\"parameters\":" + SCHEMA + "}";
        };
    }

    String row() {
        return upstream.word() + " | " + trouble.word() + " | " + mode.name().toLowerCase(Locale.ROOT);
    }

    String column() {
        return api.name().toLowerCase(Locale.ROOT);
    }
}
