/**
 * What several stand-ins of this module share: how time passes in them.
 *
 * <p>Start with {@link network.cortensor.portal.testkit.PeerPause}; the stand-ins themselves are the packages below, one for each thing of
 * the outside world. This package knows the JDK only.
 */
@NullMarked
package network.cortensor.portal.testkit;

import org.jspecify.annotations.NullMarked;
