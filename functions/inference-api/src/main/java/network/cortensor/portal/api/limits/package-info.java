/**
 * Limits and usage as customers meet them: who is let in, what headers and {@code GET /v1/usage} say, and what is recorded when a request ends.
 *
 * <p>Start with {@link network.cortensor.portal.api.limits.LimitGate}. What limits mean and how they are kept is the business of {@link
 * network.cortensor.portal.usage.Ledger}; this package knows no route or API format.
 */
@NullMarked
package network.cortensor.portal.api.limits;

import org.jspecify.annotations.NullMarked;
