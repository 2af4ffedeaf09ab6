/**
 * What an API format has to bring: how its requests are read and how its answers are written. The formats themselves are packages of
 * their own.
 *
 * <p>Start with {@link network.cortensor.portal.api.wire.WireFormat}. This package knows no field of any API.
 */
@NullMarked
package network.cortensor.portal.api.wire;

import org.jspecify.annotations.NullMarked;
