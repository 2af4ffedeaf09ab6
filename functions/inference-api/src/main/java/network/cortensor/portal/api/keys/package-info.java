/**
 * Who calls. A request that needs a key gets no further than here without one.
 *
 * <p>Start with {@link network.cortensor.portal.api.keys.Keys}. This package knows no route, model or API format.
 */
@NullMarked
package network.cortensor.portal.api.keys;

import org.jspecify.annotations.NullMarked;
