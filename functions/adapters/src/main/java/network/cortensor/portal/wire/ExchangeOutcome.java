package network.cortensor.portal.wire;

import java.util.Locale;
import java.util.Optional;
import network.cortensor.portal.model.Failure;

/** What became of a request. */
public sealed interface ExchangeOutcome {
    /**
     * The server answered with a whole head.
     *
     * @param status never 1xx
     * @param contentType as the server wrote it
     * @param retryAfter the {@code Retry-After} header as the server wrote it
     */
    record Answered(int status, Optional<String> contentType, Optional<String> retryAfter, ResponseBody body)
            implements ExchangeOutcome {
        /** The content type without its parameters, in lower case; empty if there is none. */
        public String mediaType() {
            return contentType.orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        }
    }

    /** No head came. */
    record Failed(Failure failure) implements ExchangeOutcome {}
}
