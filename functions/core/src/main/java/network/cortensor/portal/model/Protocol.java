package network.cortensor.portal.model;

import java.util.Locale;

/** How a target is spoken to. */
public sealed interface Protocol {

    /** The word in tables, files and log lines. */
    String word();

    /**
     * A Cortensor router: prompts only.
     *
     * @param version of the completions route, 1 to 3; 2 and 3 keep prompts off-chain
     */
    record Cortensor(int version, SessionForm form, long sessionId) implements Protocol {
        public Cortensor {
            if (version < 1 || version > 3) {
                throw new IllegalArgumentException("version: " + version + " (expected: 1 to 3)");
            }
            if (sessionId < 0) {
                throw new IllegalArgumentException("sessionId: " + sessionId + " (expected: >= 0)");
            }
        }

        @Override
        public String word() {
            return "cortensor";
        }
    }

    /** Any OpenAI-compatible server: messages and tools are passed through. */
    record OpenAi(String upstreamModel) implements Protocol {
        @Override
        public String word() {
            return "openai";
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
}
