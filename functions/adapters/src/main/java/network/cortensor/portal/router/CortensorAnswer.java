package network.cortensor.portal.router;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fields of what Cortensor routers answer with, over all builds seen. */
record CortensorAnswer(JsonNode json) {
    /** Where builds put the text: today's first, then older ones'. */
    private static final List<JsonPointer> TEXTS = Stream.of(
                    "/choices/0/text",
                    "/choices/0/message/content",
                    "/choices/0/delta/content",
                    "/output",
                    "/text",
                    "/result",
                    "/completion")
            .map(JsonPointer::compile)
            .toList();

    private static final Set<String> PENDING = Set.of("queued", "pending", "processing", "running", "in_progress");

    /** States in which the router works on nothing any more, 4 being a task's number for it. */
    private static final Set<String> ENDED =
            Set.of("ended", "completed", "complete", "done", "finished", "success", "failed", "error", "4");

    /** What only an answer has, even one without a text. */
    private static final List<String> SIGNS =
            List.of("choices", "status", "result_data", "output", "text", "result", "completion");

    /** The router's words for two requests that met on one session: {@code router_error}, {@code router_v4_correlation_mismatch}. */
    private static final List<String> MIX_UP = List.of("router_error", "correlation_mismatch");

    /** A pointer to a result that is stored elsewhere, in place of the result. */
    private static final Pattern URN = Pattern.compile("urn:\\S+");

    static boolean tellsMixUp(String error) {
        return MIX_UP.stream().anyMatch(error::contains);
    }

    /** Whether it names another session or request than ours. */
    boolean foreign(long sessionId, String reference) {
        JsonNode session = json.path("session_id");
        boolean otherSession =
                session.isValueNode() && !session.isNull() && !session.asText().equals(Long.toString(sessionId));
        String echoed = Json.text(json, "/client_reference").orElse("");
        return otherSession || (!echoed.isEmpty() && !echoed.equals(reference));
    }

    /** Counts from 0 per session. */
    Optional<String> task() {
        JsonNode task = json.path("task_id");
        return task.isValueNode() && !task.isNull() ? Optional.of(task.asText()) : Optional.empty();
    }

    boolean error() {
        return Json.says(json, "error");
    }

    boolean mixUp() {
        return tellsMixUp(json.path("error").toString());
    }

    /** A state that nobody has told us of, without a text, counts as pending: the router may still be at work. */
    boolean pending() {
        boolean unknown = !status().isEmpty() && !ENDED.contains(status());
        return PENDING.contains(status()) || (unknown && text().isEmpty());
    }

    /** Whether it says, outside of any choice, that the task is over. */
    boolean ended() {
        return ENDED.contains(status()) || json.has("result_data");
    }

    /** Whether it is an answer at all, if perhaps without a text. */
    boolean recognised() {
        return SIGNS.stream().anyMatch(json::has);
    }

    /** Empty if there is none, or a pointer instead. */
    String text() {
        return textPlace().map(place -> json.at(place).textValue()).orElse("");
    }

    /** Where the text stands. */
    Optional<JsonPointer> textPlace() {
        return TEXTS.stream()
                .filter(place ->
                        json.at(place).isTextual() && isText(json.at(place).textValue()))
                .findFirst();
    }

    /** Whether it is a text and not a pointer to one. */
    static boolean isText(String text) {
        return !text.isEmpty() && !URN.matcher(text).matches();
    }

    Finish finish() {
        return Finish.of(json.at("/choices/0"));
    }

    boolean hasChoices() {
        return json.path("choices").isArray();
    }

    private String status() {
        return json.path("status").asText("").toLowerCase(Locale.ROOT);
    }
}
