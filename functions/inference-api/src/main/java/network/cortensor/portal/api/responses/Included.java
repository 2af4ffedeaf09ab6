package network.cortensor.portal.api.responses;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;

/** {@code include}: whether reasoning items carry their text in {@code encrypted_content}, too, for the next request. */
enum Included {
    NOTHING,
    REASONING;

    private static final int MOST = 64;
    private static final String LOGPROBS = "message.output_text.logprobs";

    /** What else may be asked for is part of items that there are none of. */
    static Included read(JsonField body) throws Rejection {
        Optional<JsonField> include = body.find("include");
        Included included = NOTHING;
        List<JsonField> items = include.isPresent() ? include.get().items(MOST) : List.of();
        for (JsonField item : items) {
            String word = item.text();
            if (word.equals(LOGPROBS)) {
                throw item.wrong("is not supported; leave it out.");
            }
            included = word.equals("reasoning.encrypted_content") ? REASONING : included;
        }
        return included;
    }
}
