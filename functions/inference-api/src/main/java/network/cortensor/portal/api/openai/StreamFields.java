package network.cortensor.portal.api.openai;

import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;

/** {@code stream} and {@code stream_options}. */
enum StreamFields {
    WHOLE,
    STREAM,
    STREAM_WITH_USAGE;

    static StreamFields read(JsonField body) throws Rejection {
        boolean stream = body.flag("stream");
        Optional<JsonField> options = body.find("stream_options");
        boolean usage = options.isPresent() && options.get().flag("include_usage");
        if (!stream) {
            if (options.isPresent()) {
                throw options.get().wrong("is allowed only together with 'stream': true.");
            }
            return WHOLE;
        }
        return usage ? STREAM_WITH_USAGE : STREAM;
    }
}
