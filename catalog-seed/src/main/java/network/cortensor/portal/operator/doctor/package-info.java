/**
 * Whether the operators' tool can work on an environment, and what to do if not: {@code portalctl doctor}.
 *
 * <p>Start with {@link network.cortensor.portal.operator.doctor.Doctor}, which lists the checks in their order. This package writes nothing.
 */
@NullMarked
package network.cortensor.portal.operator.doctor;

import org.jspecify.annotations.NullMarked;
