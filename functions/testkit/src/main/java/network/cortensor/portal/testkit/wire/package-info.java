/**
 * HTTP/1.1 as it is on the wire: a small server that shows every chunk when it comes, trailers included, and writes every chunk when it
 * is given.
 *
 * <p>Start with {@link network.cortensor.portal.testkit.wire.WireServer} and {@link network.cortensor.portal.testkit.wire.ServerExchange}.
 * The JDK's own server neither shows trailers nor lets a chunked answer break off. This package knows the JDK only.
 */
@NullMarked
package network.cortensor.portal.testkit.wire;

import org.jspecify.annotations.NullMarked;
