package network.cortensor.portal.router;

import java.util.List;
import network.cortensor.portal.completion.CompletionEvent;

/** Events as a line that reads well in a test: texts as they are, reasoning in braces, calls in brackets, the end behind a bar. */
final class Transcript {
    private Transcript() {}

    static String of(List<RouterEvent> events) {
        StringBuilder transcript = new StringBuilder();
        events.forEach(event -> transcript.append(of(event)));
        return transcript.toString();
    }

    static List<RouterEvent> events(AnswerReader.Heard heard) {
        return switch (heard) {
            case AnswerReader.Heard.Speech speech -> speech.events();
            case AnswerReader.Heard.News news -> news.events();
            case AnswerReader.Heard.Foreign _ -> List.of();
        };
    }

    private static String of(RouterEvent event) {
        return switch (event) {
            case RouterEvent.Failed failed -> "!" + failed.failure().kind();
            case RouterEvent.Said said -> of(said.event());
        };
    }

    private static String of(CompletionEvent event) {
        return switch (event) {
            case CompletionEvent.Text text -> text.text();
            case CompletionEvent.Reasoning reasoning -> "{" + reasoning.text() + "}";
            case CompletionEvent.ToolCallPiece call ->
                "[" + call.index() + call.id().map(id -> " " + id).orElse("")
                        + call.name().map(name -> " " + name).orElse("") + " " + call.arguments() + "]";
            case CompletionEvent.End end ->
                "|" + end.reason().word()
                        + end.usage()
                                .map(usage -> " " + usage.promptTokens() + "+" + usage.completionTokens())
                                .orElse("");
        };
    }
}
