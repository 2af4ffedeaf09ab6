package network.cortensor.portal.usage;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The durable record of one request. */
public record UsageEvent(RequestId request, Account account, Tokens tokens, State state) {

    /** Whose request it was, and what it asked for. */
    public record Account(String keyId, String customer, String alias) {}

    /**
     * What was used. While the request is open: its prompt.
     *
     * @param prompt 0 if nothing was delivered, because that costs nothing
     * @param completion counted over what was delivered
     */
    public record Tokens(long prompt, long completion, Basis basis) {
        public Tokens {
            if (prompt < 0 || completion < 0) {
                throw new IllegalArgumentException(
                        "tokens: " + prompt + " and " + completion + " (expected: each >= 0)");
            }
        }
    }

    /** How exact the number of tokens is. */
    public enum Basis {
        /** By the model's own vocabulary, or as its server reports them. */
        COUNTED,
        /** By another vocabulary, or of a request whose worker died before its end. */
        ESTIMATED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far the record is. */
    public sealed interface State {
        /** The request may be running. */
        record Open() implements State {}

        record Settled(Ending ending) implements State {}

        /** Nobody settled it in time, because its worker died: closed by the next reader of the customer's counters. Its tokens are the prompt's. */
        record Closed() implements State {}
    }

    /**
     * How a request ended.
     *
     * @param status of the answer; 200 also for a stream that broke off, and 0 if none was begun
     * @param outcome {@code ok} or the row of the error table, in lower case
     * @param attempts how many times something was sent to a router, or tried to be
     * @param firstToken from receipt
     * @param total from receipt
     * @param servedModel the model that the answer came from, if it was another than the one asked for
     */
    public record Ending(
            int status,
            String outcome,
            int attempts,
            Optional<Duration> firstToken,
            Duration total,
            Optional<String> servedModel) {

        /** One of the model that was asked for. */
        public Ending(int status, String outcome, int attempts, Optional<Duration> firstToken, Duration total) {
            this(status, outcome, attempts, firstToken, total, Optional.empty());
        }
    }

    static UsageEvent open(RequestId request, Account account, long prompt) {
        return new UsageEvent(request, account, new Tokens(prompt, 0, Basis.ESTIMATED), new State.Open());
    }

    /** What the request adds to sums. */
    public Totals totals() {
        return new Totals(1, tokens.prompt(), tokens.completion());
    }
}
