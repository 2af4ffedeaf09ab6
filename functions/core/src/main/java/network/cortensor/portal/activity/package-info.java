/**
 * How a model has been served lately: sums of its requests by the hour, and the figures that customers see of them. Sums know no customer, key, pool or target.
 *
 * <p>Start with {@link network.cortensor.portal.activity.Tallies}, which gathers sums, and {@link network.cortensor.portal.activity.Figures}, which makes
 * figures of them. This package knows the JDK only.
 */
@NullMarked
package network.cortensor.portal.activity;

import org.jspecify.annotations.NullMarked;
