package network.cortensor.portal.router;

import java.util.List;
import network.cortensor.portal.model.SpecialTokens;

/** Reads an answer to a request with functions from a server that parses calls itself, and checks them. */
record OfferedCallsReader(AnswerReader reader, OfferedCalls calls) implements AnswerReader {
    @Override
    public List<RouterEvent> whole(String body) {
        return calls.checked(reader.whole(body));
    }

    @Override
    public Heard event(String data) {
        return switch (reader.event(data)) {
            case Heard.Speech speech -> new Heard.Speech(calls.checked(speech.events()));
            case Heard.News news -> new Heard.News(calls.checked(news.events()));
            case Heard.Foreign foreign -> foreign;
        };
    }

    @Override
    public boolean concluded() {
        return reader.concluded();
    }

    @Override
    public List<RouterEvent> over(StreamEnd end) {
        return calls.checked(reader.over(end));
    }

    @Override
    public List<RouterEvent> cutOff() {
        return calls.checked(reader.cutOff());
    }

    @Override
    public SpecialTokens specialTokens() {
        return reader.specialTokens();
    }
}
