/**
 * One HTTP request on one fresh connection to an address that we may speak to, and exact knowledge of whether any of it left.
 *
 * <p>Start with {@link network.cortensor.portal.wire.WireSettings} and {@link network.cortensor.portal.wire.Exchange}. HTTP/1.1 itself is Apache
 * HttpCore's, the layer below HttpClient: what HttpClient adds (pools, retries, redirects, cookies, proxies, decompression) is what must
 * not happen here. This package knows {@code model}'s failures; it knows nothing of routers' protocols.
 */
@NullMarked
package network.cortensor.portal.wire;

import org.jspecify.annotations.NullMarked;
