package network.cortensor.portal.api.wire;

import network.cortensor.portal.completion.Usage;

/**
 * The most tokens that the model's own server is believed to have used for one answer. An honest server counts by its own vocabulary and template,
 * so its numbers differ from ours; a broken or hostile one may report anything, and what it reports is what a customer pays and is limited by. So a
 * report is taken where it could be true, and where it could not, the tokens are counted here.
 *
 * <p>Example: of a prompt that was counted with 100 tokens and may be answered with 500, a report of 180 and 500 is taken, one of 5,000 and 3 is not.
 *
 * @param prompt tokens
 * @param completion tokens
 */
record UsageBounds(long prompt, long completion) {
    /** Vocabularies differ by less, for any language that the served families were trained on. */
    private static final int VOCABULARY = 2;

    /** What a template adds of its own accord: default system prompts and the instructions for tools have up to some 600 tokens. */
    private static final int TEMPLATE = 1_024;

    /** Where there are images the context is the only bound, because each family counts them in its own way. */
    static UsageBounds of(SizedRequest asked) {
        long context = asked.contextLength();
        long prompt = asked.request().input().hasImages()
                ? context
                : Math.min(context, VOCABULARY * asked.promptTokens() + TEMPLATE);
        return new UsageBounds(prompt, asked.request().maxTokens());
    }

    /** @param delivered whether the server has written any of the answer: then it has used a token */
    boolean hold(Usage reported, boolean delivered) {
        return reported.promptTokens() >= 1
                && reported.promptTokens() <= prompt
                && reported.completionTokens() >= (delivered ? 1 : 0)
                && reported.completionTokens() <= completion;
    }
}
