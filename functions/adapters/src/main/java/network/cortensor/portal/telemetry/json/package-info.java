/** Log lines as JSON on standard output, one line each. */
@NullMarked
package network.cortensor.portal.telemetry.json;

import org.jspecify.annotations.NullMarked;
