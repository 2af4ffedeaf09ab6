package network.cortensor.portal.testkit.router;

import java.util.Arrays;
import network.cortensor.portal.testkit.http.AnswerBytes;
import network.cortensor.portal.testkit.http.CannedReply;

/** Says everything in one piece, when all of it is known. */
final class WholeSpeech {
    private final AnswerContext scene;

    WholeSpeech(AnswerContext scene) {
        this.scene = scene;
    }

    void speak() throws InterruptedException, Timeline.GivenUp {
        scene.timeline().pass(scene.gap().multipliedBy(scene.tokens().size() - 1L));
        scene.awaitTurn(Integer.MAX_VALUE);
        CannedReply reply = scene.canary().in(reply());
        switch (scene.fault()) {
            case CUT -> {
                int head = reply.head().length;
                byte[] bytes = reply.bytes();
                scene.write(Arrays.copyOf(bytes, head + (bytes.length - head) / 2));
                scene.answer().hangUp();
            }
            case STALL -> {
                int head = reply.head().length;
                byte[] bytes = reply.bytes();
                scene.write(Arrays.copyOf(bytes, head + (bytes.length - head) / 2));
                scene.timeline().passAll();
            }
            case BAD_EVENT -> {
                String half = reply.body().substring(0, reply.body().length() / 2);
                scene.write(new CannedReply(reply.status(), reply.contentType(), reply.headers(), half).bytes());
                scene.answer().hangUp();
                scene.liveOn();
            }
            case ODD_FINISH -> {
                String odd = reply.body().replaceFirst("(\"finish_reason\": ?)\"[a-z_]+\"", "$1\"timeout\"");
                scene.write(new CannedReply(reply.status(), reply.contentType(), reply.headers(), odd).bytes());
                scene.answer().hangUp();
                scene.liveOn();
            }
            case LOUD_FINISH -> {
                String loud = Finishes.loud(reply.body());
                scene.finish(new CannedReply(reply.status(), reply.contentType(), reply.headers(), loud).bytes());
            }
            case NO_END_MARKER -> {
                scene.write(AnswerBytes.chunkedHead(reply.status(), reply.contentType()));
                scene.finish(AnswerBytes.chunk(reply.body()));
                scene.answer().hangUp();
            }
            default -> scene.finish(reply.bytes());
        }
    }

    private CannedReply reply() {
        if (scene.fault() == Fault.INTERLEAVE) {
            return scene.script().whole(Foreign.otherSession(scene.task().id()), Foreign.TOKENS);
        }
        return scene.script().whole(scene.task().id(), scene.tokens());
    }
}
