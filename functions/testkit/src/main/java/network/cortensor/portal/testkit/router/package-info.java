/**
 * Simulated upstreams: a Cortensor router node and an OpenAI-compatible server, which answer with the words they were asked with and
 * misbehave on demand, session by session.
 *
 * <p>Start with {@link network.cortensor.portal.testkit.router.RouterSimulator}, {@link
 * network.cortensor.portal.testkit.router.Fault} and {@link network.cortensor.portal.testkit.router.SessionSettings}; {@link
 * network.cortensor.portal.testkit.router.Performance} is where a fault becomes bytes. While it runs, a simulator is controlled over
 * its own port ({@link network.cortensor.portal.testkit.router.Control}).
 *
 * <p>This package takes no word from the product's router clients: what it sends are the recorded bytes, so that both cannot be wrong
 * together. Where a router's behaviour is not known, the Javadoc says "assumed".
 */
@NullMarked
package network.cortensor.portal.testkit.router;

import org.jspecify.annotations.NullMarked;
