package network.cortensor.portal.prompt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Message;

/**
 * A conversation as templates write it.
 *
 * <p>Reasoning is kept only behind the last question: a model goes on thinking in an open loop of calls and results, and no template shows
 * it what it thought before earlier answers.
 *
 * @param turns oldest first, without the one that the model is in the middle of
 * @param begun what the assistant has begun to say, for the model to go on with; empty if it begins by itself
 */
record Conversation(List<Turn> turns, Optional<Turn.Assistant> begun) {
    Conversation {
        turns = List.copyOf(turns);
    }

    static Conversation of(Input.Chat chat, Template template) {
        Map<String, String> names = new HashMap<>();
        int lastQuestion = chat.messages().stream()
                .map(message -> message.role() == Message.Role.USER)
                .toList()
                .lastIndexOf(true);
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < chat.messages().size(); i++) {
            turns.add(turn(chat.messages().get(i), i > lastQuestion, names, template));
        }
        if (chat.isContinued() && turns.getLast() instanceof Turn.Assistant begun) {
            turns.removeLast();
            return new Conversation(turns, Optional.of(begun));
        }
        return new Conversation(turns, Optional.empty());
    }

    private static Turn turn(Message message, boolean open, Map<String, String> names, Template template) {
        Marks marks = template.marks();
        return switch (message.role()) {
            case SYSTEM -> new Turn.Instructions(marks.broken(message.text()));
            case USER -> new Turn.User(marks.broken(message.text()));
            case ASSISTANT -> {
                List<Turn.Call> calls = message.toolCalls().stream()
                        .map(call -> new Turn.Call(call.id(), marks.broken(call.name()), call.arguments()))
                        .toList();
                calls.forEach(call -> names.put(call.id(), call.name()));
                Template.Said said = template.said(message.text());
                String reasoning =
                        message.reasoning().isEmpty() ? said.reasoning().orElse("") : message.reasoning();
                yield new Turn.Assistant(open ? marks.broken(reasoning) : "", marks.broken(said.text()), calls);
            }
            case TOOL -> {
                String call = message.toolCallId().orElse("");
                yield new Turn.Result(call, names.getOrDefault(call, "unknown"), marks.broken(message.text()));
            }
        };
    }

    /** The same with a last paragraph of the system text that asks for the form. */
    Conversation instructed(Optional<AnswerForm> form, Marks marks) {
        if (form.isEmpty()) {
            return this;
        }
        String instruction = marks.broken(form.get().instruction());
        List<Turn> instructed = new ArrayList<>(turns);
        if (!turns.isEmpty() && turns.getFirst() instanceof Turn.Instructions first) {
            instructed.set(0, new Turn.Instructions(first.text() + "\n\n" + instruction));
        } else {
            instructed.addFirst(new Turn.Instructions(instruction));
        }
        return new Conversation(instructed, begun);
    }

    /** The system turns that come first, as one text; empty if there are none. */
    String instructions() {
        return turns.stream()
                .takeWhile(Turn.Instructions.class::isInstance)
                .map(Turn::text)
                .collect(Collectors.joining("\n\n"));
    }

    /** What follows the system turns that come first. */
    List<Turn> afterInstructions() {
        return turns.stream().dropWhile(Turn.Instructions.class::isInstance).toList();
    }

    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "Conversation[" + turns.size() + " turns]";
    }
}
