/**
 * The smoke test of a deployment: a customer's few requests, through both fronts, and whether tokens arrive one by one.
 *
 * <p>Start with {@link network.cortensor.portal.smoke.SmokeTest}; {@link network.cortensor.portal.smoke.Pace} is what it judges a stream
 * by, and {@link network.cortensor.portal.smoke.Volley} many of them. This package is a customer: it knows URLs and a key, and nothing of AWS, tables or the product's own code.
 */
@NullMarked
package network.cortensor.portal.smoke;

import org.jspecify.annotations.NullMarked;
