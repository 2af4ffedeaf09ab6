/**
 * A small HTTP/1.1 server on plain sockets, for peers that must be able to misbehave: reset, cut, drip and oversize need every byte in
 * hand, which servers with manners do not give.
 *
 * <p>Start with {@link network.cortensor.portal.testkit.http.HttpServer} and {@link network.cortensor.portal.testkit.http.Answer}. This
 * package knows the JDK only.
 */
@NullMarked
package network.cortensor.portal.testkit.http;

import org.jspecify.annotations.NullMarked;
