package network.cortensor.portal.testkit.router;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.testkit.http.CannedReply;

/**
 * A completion in the bytes of a Cortensor router: whole answers as compact JSON with sorted keys, streams as Python writes them, usage
 * in words, a model name that is only an echo.
 *
 * @param created unix seconds, which make the answer's id as well
 */
record RouterScript(Shape shape, Duration timeout, String prompt, List<Token> tokens, String model, long created)
        implements AnswerScript {

    static final String EVENT_STREAM = "text/event-stream; charset=utf-8";
    private static final List<String> UNDONE = List.of("queued", "pending", "processing", "running", "in_progress");

    @Override
    public CannedReply whole(TaskId task, List<Token> said) {
        return CannedReply.json("200 OK", wholeJson(task, RouterSpeech.text(said)));
    }

    @Override
    public List<String> opening(TaskId task) {
        return List.of();
    }

    @Override
    public String event(TaskId task, Token token) {
        return event(task, token.text(), "null");
    }

    @Override
    public List<String> closing(TaskId task, List<Token> said) {
        return List.of(event(task, "", "\"stop\""), "data: [DONE]\n\n");
    }

    @Override
    public CannedReply barren(Fault fault, TaskId task, long turn) {
        return switch (fault) {
            case UNAUTHORIZED -> RouterErrors.UNAUTHORIZED;
            case BAD_REQUEST -> RouterErrors.BAD_REQUEST;
            case NOT_FOUND -> RouterErrors.NOT_FOUND;
            case TOO_MANY -> RouterErrors.TOO_MANY;
            case NO_CREDIT -> RouterErrors.NO_CREDIT;
            case CONTEXT_EXCEEDED, CONTENT_FILTERED -> RouterErrors.BAD_REQUEST;
            case ERROR_500 -> RouterErrors.INTERNAL;
            case EMPTY -> empty(task, turn);
            case PENDING -> CannedReply.json("200 OK", pending(task, turn));
            case IN_BAND_ERROR ->
                shape == Shape.STREAMED
                        ? stream("data: " + error(turn) + "\n\n")
                        : CannedReply.json("200 OK", error(turn));
            default -> throw new IllegalArgumentException("fault: " + fault.word() + " (expected: one without text)");
        };
    }

    private CannedReply empty(TaskId task, long turn) {
        if (turn % 3 == 0) {
            return CannedReply.json(
                    "200 OK",
                    "{\"status\":\"ended\",\"message\":\"No content\",\"result_data\":\"urn:blob:%s-%d\"}"
                            .formatted(task.session(), task.number()));
        }
        if (shape == Shape.STREAMED) {
            return stream(String.join("", closing(task, List.of())));
        }
        return CannedReply.json("200 OK", turn % 3 == 1 ? wholeJson(task, "") : "{\"choices\":[{\"text\":\"\"}]}");
    }

    private static String pending(TaskId task, long turn) {
        String status = UNDONE.get((int) ((turn - 1) % UNDONE.size()));
        return "{\"session_id\":%s,\"status\":\"%s\",\"task_id\":%d}".formatted(task.session(), status, task.number());
    }

    private static String error(long turn) {
        return turn % 2 == 1
                ? "{\"error\":\"Task failed\"}"
                : "{\"error\":{\"code\":\"task_failed\",\"message\":\"Task failed\"}}";
    }

    private static CannedReply stream(String events) {
        return new CannedReply("200 OK", EVENT_STREAM, Map.of(), events);
    }

    private String wholeJson(TaskId task, String text) {
        int asked = WordSplitter.count(prompt);
        int said = WordSplitter.count(text);
        return ("{\"choices\":[{\"finish_reason\":\"stop\",\"index\":0,\"logprobs\":null,\"text\":%s}],\"created\":%d,"
                        + "\"id\":\"cmpl-%d\",\"model\":%s,\"object\":\"text_completion\",\"session_id\":%s,\"task_id\":%d,"
                        + "\"usage\":{\"completion_tokens\":%d,\"prompt_tokens\":%d,\"total_tokens\":%d}}")
                .formatted(
                        PythonAsciiJson.quote(text),
                        created,
                        created,
                        PythonAsciiJson.quote(model),
                        task.session(),
                        task.number(),
                        said,
                        asked,
                        asked + said);
    }

    private String event(TaskId task, String text, String finishReason) {
        return ("data: {\"id\": \"cmpl-%d\", \"task_id\": %d, \"object\": \"text_completion\", \"created\": %d,"
                        + " \"choices\": [{\"text\": %s, \"index\": 0, \"logprobs\": null, \"finish_reason\": %s}], \"model\":"
                        + " %s}\n\n")
                .formatted(
                        created,
                        task.number(),
                        created,
                        PythonAsciiJson.quote(text),
                        finishReason,
                        PythonAsciiJson.quote(model));
    }

    /** Prompts and answers are not shown. */
    @Override
    public String toString() {
        return "RouterScript[" + shape + "]";
    }
}
