/**
 * Lambda's outside for one function that streams: the Runtime API that its environments poll, and the two HTTP fronts that customers
 * call.
 *
 * <p>Start with {@link network.cortensor.portal.testkit.lambda.RuntimeApiEmulator}, put a {@link
 * network.cortensor.portal.testkit.lambda.FrontEmulator} before it, and read along with a {@link
 * network.cortensor.portal.testkit.lambda.CallLog}. This package knows {@code wire} and nothing of the function that it drives.
 */
@NullMarked
package network.cortensor.portal.testkit.lambda;

import org.jspecify.annotations.NullMarked;
