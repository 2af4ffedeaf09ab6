package network.cortensor.portal.router;

import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.prompt.MendedAnswer;

/** Reads an answer to a request whose special tokens were broken, and takes the breaks out of it. */
record MendingReader(AnswerReader reader, MendedAnswer answer) implements AnswerReader {
    @Override
    public List<RouterEvent> whole(String body) {
        return mended(reader.whole(body));
    }

    @Override
    public Heard event(String data) {
        return switch (reader.event(data)) {
            case Heard.Speech speech -> new Heard.Speech(mended(speech.events()));
            case Heard.News news -> new Heard.News(mended(news.events()));
            case Heard.Foreign foreign -> foreign;
        };
    }

    @Override
    public boolean concluded() {
        return reader.concluded();
    }

    @Override
    public List<RouterEvent> over(StreamEnd end) {
        return mended(reader.over(end));
    }

    @Override
    public List<RouterEvent> cutOff() {
        return mended(reader.cutOff());
    }

    @Override
    public SpecialTokens specialTokens() {
        return reader.specialTokens();
    }

    private List<RouterEvent> mended(List<RouterEvent> events) {
        return events.stream()
                .flatMap(event -> switch (event) {
                    case RouterEvent.Said said -> Events.said(answer.mended(said.event())).stream();
                    case RouterEvent.Failed failed -> Stream.of(failed);
                })
                .toList();
    }
}
