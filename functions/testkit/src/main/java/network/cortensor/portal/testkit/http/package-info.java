/**
 * Simulated peers over {@code wire}: whole requests in, and answers in which every byte is the peer's own, so that it can reset, cut, drip and oversize.
 *
 * <p>Start with {@link network.cortensor.portal.testkit.http.HttpServer} and {@link network.cortensor.portal.testkit.http.Answer}. This
 * package knows the JDK and {@code wire} only.
 */
@NullMarked
package network.cortensor.portal.testkit.http;

import org.jspecify.annotations.NullMarked;
