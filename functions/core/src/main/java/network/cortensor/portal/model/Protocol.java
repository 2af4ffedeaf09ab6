package network.cortensor.portal.model;

import java.util.Locale;

/** How a target is spoken to. */
public sealed interface Protocol {

    /** The word in tables, files and log lines. */
    String word();

    /**
     * Whether closing the connection ends the work on a request that nobody waits for any more. Only then may such a request's slot be
     * released.
     */
    boolean endsWithConnection();

    /**
     * A Cortensor router: prompts only.
     *
     * @param version of the completions route, 1 to 3; 2 and 3 keep prompts off-chain
     */
    record Cortensor(int version, SessionForm form, long sessionId, RawText rawText) implements Protocol {
        public Cortensor {
            if (version < 1 || version > 3) {
                throw new IllegalArgumentException("version: " + version + " (expected: 1 to 3)");
            }
            if (sessionId < 0) {
                throw new IllegalArgumentException("sessionId: " + sessionId + " (expected: >= 0)");
            }
        }

        /** One whose server does what most do. */
        public Cortensor(int version, SessionForm form, long sessionId) {
            this(version, form, sessionId, RawText.USUAL);
        }

        /** The same, whose server is known to treat raw text like this. */
        public Cortensor with(RawText other) {
            return new Cortensor(version, form, sessionId, other);
        }

        @Override
        public String word() {
            return "cortensor";
        }

        /** A router's task runs on when its customer has gone. */
        @Override
        public boolean endsWithConnection() {
            return false;
        }
    }

    /**
     * Any OpenAI-compatible server: messages and tools are passed through.
     *
     * @param breaksSpecialTokens whether it takes its model's special tokens in customers' texts for text, as vLLM and hosted APIs do that encode each text apart
     *     from the template; a server that renders its template to text and looks for tokens in all of it does not
     */
    record OpenAi(String upstreamModel, boolean breaksSpecialTokens) implements Protocol {
        /** One that does what a server should. */
        public OpenAi(String upstreamModel) {
            this(upstreamModel, true);
        }

        @Override
        public String word() {
            return "openai";
        }

        /** vLLM, llama.cpp and hosted APIs stop to generate when their client has gone. */
        @Override
        public boolean endsWithConnection() {
            return true;
        }
    }

    /** Where a Cortensor router wants the session id. Builds differ, and answer 404 to the other form. */
    enum SessionForm {
        BODY,
        PATH;

        /** The word in tables and files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What the server behind a prompt-only router does between text and tokens, which no model decides.
     *
     * @param bos whether a prompt has to begin with the token that begins a text, for formats that have one; llama.cpp and Ollama write it
     *     themselves and answer worse to two, vLLM's raw completions write none and answer garbage without
     */
    record RawText(boolean bos, SpecialTokens specialTokens) {
        public static final RawText USUAL = new RawText(false, SpecialTokens.UNKNOWN);

        /** The same with what was seen of special tokens, where nothing is said. */
        RawText seenWith(SpecialTokens seen) {
            return new RawText(bos, specialTokens.or(seen));
        }
    }
}
