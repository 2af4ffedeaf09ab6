/**
 * Virtual time in which many actors run one at a time, so that a seed decides every interleaving and replays it.
 *
 * <p>Start with {@link network.cortensor.portal.testkit.schedule.Schedule}. This package knows the JDK only.
 */
@NullMarked
package network.cortensor.portal.testkit.schedule;

import org.jspecify.annotations.NullMarked;
