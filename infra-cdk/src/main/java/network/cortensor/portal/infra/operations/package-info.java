/**
 * How people see that it runs: alarms and the dashboard.
 *
 * <p>Start with {@link network.cortensor.portal.infra.operations.Alarms}. Names of metrics come from the code that emits them
 * ({@link network.cortensor.portal.telemetry.Metric}) and are spelled nowhere else.
 */
@NullMarked
package network.cortensor.portal.infra.operations;

import org.jspecify.annotations.NullMarked;
