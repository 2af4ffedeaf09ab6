/**
 * Anthropic's formats: messages and errors.
 *
 * <p>Start with {@link network.cortensor.portal.api.anthropic.MessagesFormat}: its {@code read} names every field of a request that is
 * checked. This package knows no pool, target or table.
 */
@NullMarked
package network.cortensor.portal.api.anthropic;

import org.jspecify.annotations.NullMarked;
