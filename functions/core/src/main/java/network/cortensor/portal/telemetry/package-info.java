/**
 * What the product says about itself: one JSON line per request, attempt, probe and tick, with metrics in CloudWatch's embedded metric
 * format in the same lines.
 *
 * <p>Start with {@link network.cortensor.portal.telemetry.Line}. Prompts, completions, keys and credentials have no way in: lines take
 * names, numbers and fixed words.
 */
@NullMarked
package network.cortensor.portal.telemetry;

import org.jspecify.annotations.NullMarked;
