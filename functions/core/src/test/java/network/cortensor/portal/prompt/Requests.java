package network.cortensor.portal.prompt;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.model.PromptFormat;

/** Requests as the tests of this package need them. */
final class Requests {
    private Requests() {}

    static CompletionRequest chat(PromptFormat format, Message... messages) {
        return request(format, new Input.Chat(Arrays.asList(messages)), Sampling.DEFAULT, List.of());
    }

    static CompletionRequest reasoning(PromptFormat format, String effort, Message... messages) {
        return request(format, new Input.Chat(Arrays.asList(messages)), effort(effort), List.of());
    }

    static CompletionRequest bare(PromptFormat format, String prompt) {
        return request(format, new Input.Prompt(prompt), Sampling.DEFAULT, List.of());
    }

    static CompletionRequest stopping(PromptFormat format, String... stops) {
        return request(format, new Input.Chat(List.of(user("Hi"))), Sampling.DEFAULT, Arrays.asList(stops));
    }

    /** A conversation whose last turn the assistant has begun. */
    static CompletionRequest begun(PromptFormat format) {
        List<Message> messages = List.of(user("Hi"), assistant("one,"));
        return request(format, new Input.Chat(messages, Input.Chat.Answer.CONTINUATION), Sampling.DEFAULT, List.of());
    }

    static CompletionRequest offering(PromptFormat format, Tools tools, Message... messages) {
        return new CompletionRequest(
                new Input.Chat(Arrays.asList(messages)),
                format,
                100,
                Sampling.DEFAULT,
                List.of(),
                Optional.of(tools),
                Optional.empty());
    }

    static Message system(String text) {
        return Message.of(Message.Role.SYSTEM, text);
    }

    static Message user(String text) {
        return Message.of(Message.Role.USER, text);
    }

    static Message assistant(String text) {
        return Message.of(Message.Role.ASSISTANT, text);
    }

    private static CompletionRequest request(PromptFormat format, Input input, Sampling sampling, List<String> stops) {
        return new CompletionRequest(input, format, 100, sampling, stops, Optional.empty(), Optional.empty());
    }

    private static Sampling effort(String word) {
        return new Sampling(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(word));
    }
}
