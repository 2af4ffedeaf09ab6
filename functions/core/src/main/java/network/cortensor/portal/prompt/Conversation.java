package network.cortensor.portal.prompt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
record Conversation(List<ConversationTurn> turns, Optional<ConversationTurn.Assistant> begun) {
    Conversation {
        turns = List.copyOf(turns);
    }

    static Conversation of(Input.Chat chat, PromptTemplate template) {
        Map<String, String> names = new HashMap<>();
        int lastQuestion = chat.messages().stream()
                .map(message -> message.role() == Message.Role.USER)
                .toList()
                .lastIndexOf(true);
        List<ConversationTurn> said = new ArrayList<>();
        for (int i = 0; i < chat.messages().size(); i++) {
            said.add(turn(chat.messages().get(i), i > lastQuestion, names, template));
        }
        List<ConversationTurn> turns = answered(said);
        if (chat.isContinued() && turns.getLast() instanceof ConversationTurn.Assistant begun) {
            return new Conversation(turns.subList(0, turns.size() - 1), Optional.of(begun));
        }
        return new Conversation(turns, Optional.empty());
    }

    /** Every result behind the turn that made the call, in the order of the calls: some formats tell results apart by their place only. */
    private static List<ConversationTurn> answered(List<ConversationTurn> said) {
        List<List<ConversationTurn>> blocks = new ArrayList<>();
        Map<String, List<ConversationTurn>> byCall = new HashMap<>();
        for (ConversationTurn turn : said) {
            List<ConversationTurn> block = turn instanceof ConversationTurn.Result result
                    ? byCall.getOrDefault(result.call(), List.of())
                    : List.of();
            if (block.isEmpty()) {
                block = new ArrayList<>();
                blocks.add(block);
            }
            block.add(turn);
            if (turn instanceof ConversationTurn.Assistant assistant) {
                for (ConversationTurn.Call call : assistant.calls()) {
                    byCall.put(call.id(), block);
                }
            }
        }
        return blocks.stream().flatMap(Conversation::inOrder).toList();
    }

    /** @param block what the assistant said, and results; or any one turn */
    private static Stream<ConversationTurn> inOrder(List<ConversationTurn> block) {
        if (!(block.getFirst() instanceof ConversationTurn.Assistant assistant)) {
            return block.stream();
        }
        List<String> calls =
                assistant.calls().stream().map(ConversationTurn.Call::id).toList();
        Comparator<ConversationTurn> byCall = Comparator.comparingInt(
                turn -> turn instanceof ConversationTurn.Result result ? calls.indexOf(result.call()) : -1);
        return block.stream().sorted(byCall);
    }

    private static ConversationTurn turn(
            Message message, boolean open, Map<String, String> names, PromptTemplate template) {
        Marks marks = template.marks();
        return switch (message.role()) {
            case SYSTEM -> new ConversationTurn.Instructions(marks.broken(message.text()));
            case USER -> new ConversationTurn.User(marks.broken(message.text()));
            case ASSISTANT -> {
                List<ConversationTurn.Call> calls = message.toolCalls().stream()
                        .map(call -> new ConversationTurn.Call(call.id(), marks.broken(call.name()), call.arguments()))
                        .toList();
                calls.forEach(call -> names.put(call.id(), call.name()));
                PromptTemplate.Said said = template.said(message.text());
                String reasoning =
                        message.reasoning().isEmpty() ? said.reasoning().orElse("") : message.reasoning();
                yield new ConversationTurn.Assistant(
                        open ? marks.broken(reasoning) : "", marks.broken(said.text()), calls);
            }
            case TOOL -> {
                String call = message.toolCallId().orElse("");
                yield new ConversationTurn.Result(
                        call, names.getOrDefault(call, "unknown"), marks.broken(message.text()));
            }
        };
    }

    /** The same with a last paragraph of the system text that asks for the form. */
    Conversation instructed(Optional<PromptedForm> form, Marks marks) {
        if (form.isEmpty()) {
            return this;
        }
        String instruction = marks.broken(form.get().instruction());
        List<ConversationTurn> instructed = new ArrayList<>(turns);
        if (!turns.isEmpty() && turns.getFirst() instanceof ConversationTurn.Instructions first) {
            instructed.set(0, new ConversationTurn.Instructions(first.text() + "\n\n" + instruction));
        } else {
            instructed.addFirst(new ConversationTurn.Instructions(instruction));
        }
        return new Conversation(instructed, begun);
    }

    /** The system turns that come first, as one text; empty if there are none. */
    String instructions() {
        return turns.stream()
                .takeWhile(ConversationTurn.Instructions.class::isInstance)
                .map(ConversationTurn::text)
                .collect(Collectors.joining("\n\n"));
    }

    /** What follows the system turns that come first. */
    List<ConversationTurn> afterInstructions() {
        return turns.stream()
                .dropWhile(ConversationTurn.Instructions.class::isInstance)
                .toList();
    }

    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "Conversation[" + turns.size() + " turns]";
    }
}
