/**
 * Others' emulations of AWS, as places for the adapters' tests and for a whole deployment. The classes beside this package are those tests:
 * each inherits all of a class that elsewhere runs on DynamoDB Local and on the emulator of the Parameter Store.
 *
 * <p>Start with {@link network.cortensor.portal.emulated.Emulators}; {@link network.cortensor.portal.emulated.PypiEmulators} lists what there is.
 */
@NullMarked
package network.cortensor.portal.emulated;

import org.jspecify.annotations.NullMarked;
