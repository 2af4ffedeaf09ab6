package network.cortensor.portal.api.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.Draft.MaxTokens;
import network.cortensor.portal.api.wire.Draft.MaxTokens.Beyond;
import network.cortensor.portal.completion.Sampling;

/** The fields that chat completions and completions share, with the ranges of OpenAI's API description. */
final class CommonFields {
    private static final int MOST_STOPS = 4;

    /** Text is held back for as long as it could be the beginning of a stop text; nobody means one that is longer. */
    private static final int LONGEST_STOP = 1_000;

    private CommonFields() {}

    static Sampling sampling(JsonField body, Optional<String> effort) throws Rejection {
        return new Sampling(
                body.number("temperature", 0, 2),
                body.number("top_p", 0, 1),
                body.integer("top_k", 1, Integer.MAX_VALUE),
                body.number("presence_penalty", -2, 2),
                body.number("frequency_penalty", -2, 2),
                body.integer("seed"),
                effort);
    }

    /** One text or up to four. */
    static List<String> stop(JsonField body) throws Rejection {
        Optional<JsonField> stop = body.find("stop");
        if (stop.isEmpty()) {
            return List.of();
        }
        if (stop.get().value().isTextual()) {
            return List.of(stop.get().nonEmptyText(LONGEST_STOP));
        }
        List<String> texts = new ArrayList<>();
        for (JsonField text : stop.get().items(MOST_STOPS)) {
            texts.add(text.nonEmptyText(LONGEST_STOP));
        }
        return texts;
    }

    /** @param names of the field, the one that counts first */
    static Optional<MaxTokens> maxTokens(JsonField body, String... names) throws Rejection {
        Optional<MaxTokens> first = Optional.empty();
        for (String name : names) {
            Optional<MaxTokens> given =
                    body.integer(name, 1, Integer.MAX_VALUE).map(count -> new MaxTokens(count, name, Beyond.REFUSED));
            first = first.or(() -> given);
        }
        return first;
    }
}
