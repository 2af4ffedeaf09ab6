package network.cortensor.portal.testkit.router;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import network.cortensor.portal.testkit.PeerPause;
import network.cortensor.portal.testkit.http.Answer;
import network.cortensor.portal.testkit.http.CannedReply;

/** Carries one task out, with the fault that it met. Used by one thread, which is busy until the task ends. */
final class Performance {
    /** Over any sensible limit, and bounded. */
    static final int OVERSIZE = 9 * 1024 * 1024;

    static final List<Token> OVERSIZED = List.of(Token.word(" " + "x".repeat(OVERSIZE)));

    private final AnswerContext scene;

    private Performance(AnswerContext scene) {
        this.scene = scene;
    }

    /** @throws InterruptedException if the upstream dies meanwhile; the task is then over */
    static void run(SessionTask task, SimulatedSession session, Answer answer, PeerPause pause)
            throws InterruptedException {
        Timeline timeline = new Timeline(pause, budget(task));
        try {
            new Performance(new AnswerContext(task, answer, timeline, session.gate())).perform();
        } catch (Timeline.GivenUp e) {
            answer.hangUp();
        } finally {
            task.end();
        }
    }

    private static Duration budget(SessionTask task) {
        return switch (task.encounter().fault()) {
            case HANG, NO_MINERS, STALL ->
                task.encounter().settings().hang().orElse(task.script().timeout());
            default -> task.script().timeout();
        };
    }

    private void perform() throws InterruptedException, Timeline.GivenUp {
        Fault fault = scene.fault();
        if (fault == Fault.HANG || fault == Fault.NO_MINERS) {
            scene.timeline().passAll();
        }
        scene.timeline().pass(scene.task().encounter().settings().latency());
        if (scene.task().mixup().filter(Mixup.Outcome.MISMATCH::equals).isPresent()) {
            replyAndLiveOn(RouterErrors.MISMATCH);
            return;
        }
        switch (fault) {
            case RESET -> breakOff(new byte[0]);
            case RESET_IN_HEADERS ->
                breakOff("HTTP/1.1 200 OK\r\nContent-Type: text/ev".getBytes(StandardCharsets.US_ASCII));
            case HTML_502 -> replyAndLiveOn(NginxPages.page("502 Bad Gateway"));
            case HTML_503 -> replyAndLiveOn(NginxPages.page("503 Service Temporarily Unavailable"));
            case HTML_504 -> replyAndLiveOn(NginxPages.page("504 Gateway Time-out"));
            case PENDING -> replyAndLiveOn(barren());
            case EMPTY, IN_BAND_ERROR, ERROR_500 ->
                scene.finish(scene.canary().in(barren()).bytes());
            default -> speak();
        }
    }

    private void speak() throws InterruptedException, Timeline.GivenUp {
        if (scene.script().shape() == Shape.STREAMED && scene.fault() != Fault.JSON_FOR_STREAM) {
            new StreamedSpeech(scene).speak();
        } else {
            new WholeSpeech(scene).speak();
        }
    }

    private CannedReply barren() {
        SessionTask task = scene.task();
        return task.script().barren(scene.fault(), task.id(), task.encounter().turn());
    }

    private void breakOff(byte[] before) throws InterruptedException, Timeline.GivenUp {
        scene.answer().write(before);
        scene.answer().reset();
        scene.liveOn();
    }

    /** The connection is closed after the answer: its thread goes on with the task and can serve nobody else. */
    private void replyAndLiveOn(CannedReply reply) throws InterruptedException, Timeline.GivenUp {
        scene.write(scene.canary().in(reply).bytes());
        scene.answer().hangUp();
        scene.liveOn();
    }
}
