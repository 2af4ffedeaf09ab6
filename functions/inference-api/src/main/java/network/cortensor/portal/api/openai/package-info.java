/**
 * OpenAI's formats: chat completions, completions, models, errors.
 *
 * <p>Start with {@link network.cortensor.portal.api.openai.ChatFormat}: its {@code read} names every field of a chat request that is
 * checked. This package knows no pool, target or table.
 */
@NullMarked
package network.cortensor.portal.api.openai;

import org.jspecify.annotations.NullMarked;
