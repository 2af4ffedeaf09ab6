/**
 * How many tokens a text has: for context lengths, and for the usage that customers read.
 *
 * <p>Start with {@link network.cortensor.portal.tokens.PromptTokens} for what is asked and {@link
 * network.cortensor.portal.tokens.TokenCounter} for any text. This package knows {@code completion} and {@code prompt}, and no wire format.
 */
@NullMarked
package network.cortensor.portal.tokens;

import org.jspecify.annotations.NullMarked;
