/**
 * OpenAI's Responses API without a memory: what is said is sent with every request, and nothing is stored.
 *
 * <p>Start with {@link network.cortensor.portal.api.responses.ResponsesFormat}. This package knows no pool, target or table.
 */
@NullMarked
package network.cortensor.portal.api.responses;

import org.jspecify.annotations.NullMarked;
