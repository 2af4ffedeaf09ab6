package network.cortensor.portal.testkit.router;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.testkit.http.CannedReply;
import network.cortensor.portal.testkit.router.OpenAiAnswer.UsageChunk;

/** A completion in the bytes of an OpenAI-compatible server. */
record OpenAiScript(Shape shape, OpenAiForm form, OpenAiAnswer answer) implements AnswerScript {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Override
    public Duration timeout() {
        return PATIENCE;
    }

    @Override
    public List<Token> tokens() {
        return answer.tokens();
    }

    @Override
    public CannedReply whole(TaskId task, List<Token> said) {
        return CannedReply.json("200 OK", wholeJson(task, said));
    }

    @Override
    public List<String> opening(TaskId task) {
        return form.opening().isEmpty() ? List.of() : List.of(event(task, form.opening(), "null"));
    }

    @Override
    public String event(TaskId task, Token token) {
        return event(task, form.piece(token, answer.quirk()), "null");
    }

    @Override
    public List<String> closing(TaskId task, List<Token> said) {
        List<String> closing = new ArrayList<>();
        closing.add(event(task, form.nothing(), PythonAsciiJson.quote(answer.finishReason())));
        if (answer.usage() == UsageChunk.SENT) {
            closing.add("data: {" + head(task, form.chunkObject()) + ",\"choices\":[],\"usage\":"
                    + answer.usageJson(said) + "}\n\n");
        }
        closing.add("data: [DONE]\n\n");
        return closing;
    }

    @Override
    public CannedReply barren(Fault fault, TaskId task, long turn) {
        return switch (fault) {
            case UNAUTHORIZED -> ServerErrors.UNAUTHORIZED;
            case BAD_REQUEST -> ServerErrors.badRequest("Bad request");
            case NOT_FOUND -> ServerErrors.NOT_FOUND;
            case TOO_MANY -> ServerErrors.TOO_MANY;
            case CONTEXT_EXCEEDED -> ServerErrors.CONTEXT_EXCEEDED;
            case NO_CREDIT -> ServerErrors.NO_CREDIT;
            case CONTENT_FILTERED -> ServerErrors.CONTENT_FILTERED;
            case ERROR_500 -> ServerErrors.INTERNAL;
            case EMPTY -> empty(task, turn);
            case IN_BAND_ERROR -> inBandError();
            default -> throw new IllegalArgumentException("fault: " + fault.word() + " (expected: one without text)");
        };
    }

    private CannedReply empty(TaskId task, long turn) {
        if (shape == Shape.STREAMED) {
            return stream(String.join("", closing(task, List.of())));
        }
        String json = turn % 2 == 1
                ? wholeJson(task, List.of())
                : "{" + head(task, form.object()) + ",\"choices\":[],\"usage\":" + answer.usageJson(List.of()) + "}";
        return CannedReply.json("200 OK", json);
    }

    private CannedReply inBandError() {
        String error = ServerErrors.json("The engine died", "server_error", "null");
        return shape == Shape.STREAMED ? stream("data: " + error + "\n\n") : CannedReply.json("200 OK", error);
    }

    private static CannedReply stream(String events) {
        return new CannedReply("200 OK", RouterScript.EVENT_STREAM, Map.of(), events);
    }

    private String wholeJson(TaskId task, List<Token> said) {
        return "{%s,\"choices\":[{\"index\":0,%s,\"logprobs\":null,\"finish_reason\":%s}],\"usage\":%s}"
                .formatted(
                        head(task, form.object()),
                        form.whole(said, answer.quirk()),
                        PythonAsciiJson.quote(answer.finishReason()),
                        answer.usageJson(said));
    }

    private String event(TaskId task, String piece, String finishReason) {
        String usage = answer.usage() == UsageChunk.SENT ? ",\"usage\":null" : "";
        return "data: {%s,\"choices\":[{\"index\":0,%s,\"logprobs\":null,\"finish_reason\":%s}]%s}\n\n"
                .formatted(head(task, form.chunkObject()), piece, finishReason, usage);
    }

    private String head(TaskId task, String object) {
        return "\"id\":\"%s%d\",\"object\":\"%s\",\"created\":%d,\"model\":%s"
                .formatted(
                        form.idPrefix(),
                        task.number(),
                        object,
                        answer.created(),
                        PythonAsciiJson.quote(answer.model()));
    }
}
