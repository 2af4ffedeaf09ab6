/**
 * Conversations as one prompt for routers that take prompts only, and such a model's raw text as events again.
 *
 * <p>Start with {@link network.cortensor.portal.prompt.Prompt}, then {@link network.cortensor.portal.prompt.PromptTemplate} with one class per
 * format, and {@link network.cortensor.portal.prompt.AnswerDecoder} for the way back. This package knows {@code model}, {@code completion}
 * and Jackson, for functions and their arguments are JSON in every format; it reads no clock and knows nothing of routers.
 */
@NullMarked
package network.cortensor.portal.prompt;

import org.jspecify.annotations.NullMarked;
