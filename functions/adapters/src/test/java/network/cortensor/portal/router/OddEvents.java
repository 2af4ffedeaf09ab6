package network.cortensor.portal.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/**
 * Streams of events as they are seen in the wild and as nobody has seen them yet. Most events of a stream are alike but for their text; any field of any event
 * may be odd instead: twice there, of another kind, in parts, broken in its middle.
 */
final class OddEvents {
    /** Between two quotation marks; the last ones are no text, but end it and go on with something else. */
    private static final List<String> TEXTS = List.of(
            "word ",
            " two",
            "",
            " ",
            "\\n",
            "say \\\"yes\\\"",
            "a\\\\",
            "\\u00e9",
            "\\ud83d\\ude00",
            "\\ud83d",
            "\\ude00",
            "é😀",
            "urn:blob:1",
            "urn:blob:1 is",
            "</s>",
            "<think>",
            "</think>",
            "STOP",
            "\\x",
            "\\",
            "\t",
            "a\",\"text\":\"b",
            "a\",\"content\":\"b",
            "a\",\"error\":\"b",
            "a\",\"finish_reason\":\"stop\",\"b\":\"c",
            "a\"}],\"error\":\"b\",\"c\":[{\"text\":\"d",
            "a\\\",\"text\":\"b",
            "a\"b");

    /** Where a text goes. */
    private static final String HOLE = "~";

    private final Random random;
    private final int oddity;

    /** @param random decides everything, also how odd the stream is */
    OddEvents(Random random) {
        this.random = random;
        this.oddity = 2 + random.nextInt(60);
    }

    List<String> cortensor() {
        String place = one("text", "text", "message", "delta");
        return stream(() -> "{" + often("\"id\": \"cmpl-1\", ", "", "\"id\": " + random.nextInt(3) + ", ")
                + often("\"task_id\": 9", "\"task_id\": 10", "\"task_id\": null", "\"n\": 1", "\"task_id\": \"9\"")
                + often(
                        "",
                        ", \"session_id\": 168",
                        ", \"session_id\": 1",
                        ", \"client_reference\": \"ours\"",
                        ", \"client_reference\": \"x\"")
                + news()
                + often(
                        ", \"choices\": [{",
                        ", \"choices\": [{\"text\": \"twice\", ",
                        ", \"choices\": {",
                        ", \"c\": [{")
                + often(text(place), text("text"), text("message"), text("delta"), "\"text\": 5", "\"text\": null")
                + often(
                        ", \"index\": 0, \"logprobs\": null",
                        "",
                        ", \"text\": \"later\"",
                        ", \"message\": {\"content\": \"x\"}")
                + finish()
                + often("}]", "}], \"model\": \"m\"", "}, {\"text\": \"b\"}]", "}]]", "}")
                + often("", ", \"output\": \"o\"", ", \"result_data\": \"urn:x\"", ", \"status\": \"ended\"", news())
                + "}");
    }

    List<String> openAi() {
        String field = one("content", "content", "reasoning_content", "reasoning", "refusal");
        return stream(() -> "{" + often("\"id\":\"c-1\"", "\"created\":" + random.nextInt(3), "\"x\":{}")
                + news()
                + often(
                        ",\"choices\":[{",
                        ",\"choices\":[{\"text\":\"t\",",
                        ",\"choices\":[],\"c\":[{",
                        ",\"choices\":{\"0\":{")
                + often("\"index\":0", "\"index\":1", "\"index\":null", "\"i\":0")
                + ",\"delta\":{"
                + often("", "\"role\":\"assistant\",", "\"content\":\"\",", "\"content\":null,", "\"reasoning\":\"r\",")
                + often(
                        quoted(field),
                        quoted("content"),
                        quoted("reasoning"),
                        quoted("refusal"),
                        parts(),
                        "\"content\":5",
                        "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]",
                        "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]")
                + often("", ",\"tool_calls\":[]", ",\"tool_calls\":null", ",\"refusal\":null", ",\"content\":\"last\"")
                + "}"
                + often("", ",\"text\":\"\"", ",\"text\":\"t\"", ",\"delta\":{}")
                + finish()
                + often(
                        "}]",
                        "}],\"usage\":null",
                        "}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}",
                        "}}",
                        "}")
                + "}");
    }

    private List<String> stream(Supplier<String> event) {
        List<String> events = new ArrayList<>();
        String like = event.get();
        int length = 2 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            like = random.nextInt(3) == 0 ? event.get() : like;
            String made = filled(like);
            events.add(
                    often(made, made.substring(0, random.nextInt(made.length())), "\uFEFF" + made, made + " ", "[]"));
        }
        return events;
    }

    private String filled(String like) {
        String filled = like;
        while (filled.contains(HOLE)) {
            filled = filled.replaceFirst(
                    HOLE, Matcher.quoteReplacement(TEXTS.get(random.nextInt(often(4, TEXTS.size())))));
        }
        return filled;
    }

    private String text(String place) {
        return place.equals("text") ? quoted("text") : "\"" + place + "\": {" + quoted("content") + "}";
    }

    private String quoted(String field) {
        return "\"" + field + "\":\"" + HOLE + "\"";
    }

    private String parts() {
        return "\"content\":["
                + one(
                        "",
                        "\"a\"",
                        "{\"type\":\"text\",\"text\":\"a\"}",
                        "{\"type\":\"refusal\",\"refusal\":\"a\"}",
                        "{\"type\":\"thinking\",\"thinking\":\"a\"}")
                + "]";
    }

    private String news() {
        return often(
                "",
                ", \"error\": null",
                ", \"error\": \"x\"",
                ", \"error\": \"router_error\"",
                ", \"error\": \"\"",
                ", \"error\": false",
                ", \"status\": \"queued\"");
    }

    private String finish() {
        return often(
                ", \"finish_reason\": null",
                "",
                ", \"finish_reason\": \"\"",
                ", \"finish_reason\": \"null\"",
                ", \"finish_reason\": false",
                ", \"finish_reason\": \"stop\"",
                ", \"finish_reason\": \"length\"",
                ", \"finish_reason\": \"tool_calls\"",
                ", \"finish_reason\": \"timeout\"",
                ", \"finish_reason\": 1");
    }

    /** The first one, but for some odd events. */
    @SafeVarargs
    private <T> T often(T usual, T... odd) {
        return random.nextInt(oddity) == 0 ? odd[random.nextInt(odd.length)] : usual;
    }

    @SafeVarargs
    private <T> T one(T... all) {
        return all[random.nextInt(all.length)];
    }
}
