package network.cortensor.portal.testkit.router;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import network.cortensor.portal.testkit.http.AnswerBytes;

/** Says one token after the other, each as an event in a chunk of its own. */
final class StreamedSpeech {
    private final AnswerContext scene;
    private int words;

    StreamedSpeech(AnswerContext scene) {
        this.scene = scene;
    }

    void speak() throws InterruptedException, Timeline.GivenUp {
        begin();
        for (int i = 0; i < scene.tokens().size(); i++) {
            if (i > 0) {
                scene.timeline().pass(scene.gap());
                scene.awaitTurn(words);
            }
            Token token = scene.tokens().get(i);
            if (isCutAt(i)) {
                breakOff(scene.script().event(scene.task().id(), token));
                return;
            }
            say(token);
            interleave(i);
        }
        scene.awaitTurn(words);
        end();
    }

    /** Nothing is sent until there is something to say. */
    private void begin() throws InterruptedException, Timeline.GivenUp {
        scene.awaitTurn(0);
        scene.write(scene.canary().streamHead());
        for (String event : scene.script().opening(scene.task().id())) {
            scene.write(chunk(event));
        }
    }

    private void say(Token token) throws InterruptedException, Timeline.GivenUp {
        boolean lost = scene.fault() == Fault.LOST_TOKENS && token.isWord() && words % 3 == 1;
        if (token.isWord()) {
            words++;
        }
        if (!lost) {
            scene.write(chunk(finishing(scene.script().event(scene.task().id(), token))));
        }
    }

    /** The event with the end reason that the fault wants. */
    private String finishing(String event) {
        return switch (scene.fault()) {
            case BLANK_FINISH -> event.replaceFirst("(\"finish_reason\": ?)null", "$1\"\"");
            case LOUD_FINISH -> Finishes.loud(event);
            case ODD_FINISH -> event.replaceFirst("(\"finish_reason\": ?)\"[a-z_]+\"", "$1\"timeout\"");
            default -> event;
        };
    }

    private void interleave(int i) throws InterruptedException, Timeline.GivenUp {
        if (scene.fault() != Fault.INTERLEAVE) {
            return;
        }
        TaskId foreign = Foreign.sameSession(scene.task().id());
        if (i < Foreign.TOKENS.size()) {
            scene.write(chunk(scene.script().event(foreign, Foreign.TOKENS.get(i))));
        }
        if (i == Foreign.TOKENS.size() - 1) {
            scene.write(chunk(scene.script().closing(foreign, Foreign.TOKENS).getFirst()));
        }
    }

    /** In the middle, but not before a word was said. */
    private boolean isCutAt(int i) {
        return switch (scene.fault()) {
            case CUT, BAD_EVENT, STALL -> words > 0 && i >= scene.tokens().size() / 2;
            default -> false;
        };
    }

    private void breakOff(String event) throws InterruptedException, Timeline.GivenUp {
        switch (scene.fault()) {
            case STALL -> scene.timeline().passAll();
            case BAD_EVENT -> {
                // Nothing can be planted in what is no JSON.
                scene.write(AnswerBytes.chunk("data: {\"choices\": [{\"text\n\n"));
                scene.answer().hangUp();
                scene.liveOn();
            }
            default -> cut(event);
        }
    }

    private void cut(String event) throws InterruptedException, Timeline.GivenUp {
        byte[] chunk = chunk(event);
        scene.write(Arrays.copyOf(chunk, chunk.length / 2));
        scene.answer().hangUp();
        scene.liveOn();
    }

    private void end() throws InterruptedException, Timeline.GivenUp {
        List<String> closing = scene.script().closing(scene.task().id(), scene.tokens());
        switch (scene.fault()) {
            case CUT, BAD_EVENT, STALL -> breakOff(closing.getFirst());
            case NO_END_MARKER -> scene.finish(scene.canary().lastChunk());
            default -> {
                ByteArrayOutputStream end = new ByteArrayOutputStream();
                closing.forEach(event -> end.writeBytes(chunk(finishing(event))));
                end.writeBytes(scene.canary().lastChunk());
                if (scene.fault() == Fault.ODD_FINISH) {
                    scene.write(end.toByteArray());
                    scene.answer().hangUp();
                    scene.liveOn();
                } else {
                    scene.finish(end.toByteArray());
                }
            }
        }
    }

    private byte[] chunk(String event) {
        return AnswerBytes.chunk(scene.canary().in(event));
    }
}
