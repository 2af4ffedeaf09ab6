/**
 * The product beside other gateways: the same customers, the same model server, one after another on the same machine, each started from its
 * published package.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.peers.PeersMain}. A gateway that cannot be had on this machine is left out of
 * the table with its reason.
 */
@NullMarked
package network.cortensor.portal.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
