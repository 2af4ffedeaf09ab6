/**
 * What a deployment remembers: the tables.
 *
 * <p>Start with {@link network.cortensor.portal.infra.data.PortalTable}, the list of them. It does not know who uses them: each function
 * takes its own grants through {@link network.cortensor.portal.infra.data.Tables}.
 */
@NullMarked
package network.cortensor.portal.infra.data;

import org.jspecify.annotations.NullMarked;
