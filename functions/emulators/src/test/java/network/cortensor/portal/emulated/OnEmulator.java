package network.cortensor.portal.emulated;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class whose tests run on an emulator. Where there is none, or it lacks the service, the class is reported as skipped, with the reason; a
 * test that meets a known fault of the emulator is, too.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({WhereThereIsOne.class, KnownFaults.class})
public @interface OnEmulator {
    Service value() default Service.DYNAMODB;
}
