/**
 * What customers reach: the REST API, the streaming URL, and what may stand before them.
 *
 * <p>Start with {@link network.cortensor.portal.infra.front.RestFront}. Both fronts lead to one alias of one function and decide nothing:
 * keys, limits, errors and CORS are the function's own work, so that they are alike on both.
 */
@NullMarked
package network.cortensor.portal.infra.front;

import org.jspecify.annotations.NullMarked;
