package network.cortensor.portal.router;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/** Targets, requests and times as the tests of this package need them. */
final class Asks {
    static final long SESSION = 168;

    static final CallTimes STREAMED = new CallTimes(
            new CallTimes.Shape.Streamed(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(150)),
            Duration.ofSeconds(5),
            Duration.ofSeconds(150));

    static final CallTimes WHOLE = new CallTimes(
            new CallTimes.Shape.Whole(Duration.ofSeconds(120)), Duration.ofSeconds(5), Duration.ofSeconds(150));

    private Asks() {}

    static Target cortensor(URI url) {
        return cortensor(url, 2, Protocol.SessionForm.BODY);
    }

    static Target cortensor(URI url, int version, Protocol.SessionForm form) {
        return target(url, new Protocol.Cortensor(version, form, SESSION), Capacity.ONE);
    }

    static Target openAi(URI url) {
        return openAi(url, new Protocol.OpenAi("org/model"));
    }

    static Target openAi(URI url, Protocol.OpenAi protocol) {
        return target(url, protocol, new Capacity.Unlimited());
    }

    static CompletionRequest chat(Message... messages) {
        return request(new Input.Chat(List.of(messages)), PromptFormat.PLAIN);
    }

    static CompletionRequest hello() {
        return chat(Message.of(Message.Role.USER, "Hello"));
    }

    static CompletionRequest request(Input input, PromptFormat format) {
        return new CompletionRequest(
                input, format, 100, Sampling.DEFAULT, List.of(), Optional.empty(), Optional.empty());
    }

    static CompletionRequest stopping(String stop) {
        return new CompletionRequest(
                hello().input(),
                PromptFormat.PLAIN,
                100,
                Sampling.DEFAULT,
                List.of(stop),
                Optional.empty(),
                Optional.empty());
    }

    private static Target target(URI url, Protocol protocol, Capacity capacity) {
        return new Target(new TargetId("oss-20b", "one"), url, protocol, capacity, 1, State.LIVE, Optional.empty());
    }
}
