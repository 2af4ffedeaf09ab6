package network.cortensor.portal.testkit.ssm;

import java.util.Optional;

/** How the parameter store fails, whatever it is asked. */
public enum SsmFault {
    NONE,
    /** 400 {@code ThrottlingException}; the SDK retries it. */
    THROTTLED,
    /** 500 {@code InternalServerError}; the SDK retries it. */
    SERVER_ERROR,
    /** 400 {@code AccessDeniedException}; the SDK does not retry it. */
    ACCESS_DENIED;

    /** @param text the message, in which a test may plant what must not get out */
    Optional<SsmError> error(String text) {
        return switch (this) {
            case NONE -> Optional.empty();
            case THROTTLED -> Optional.of(SsmError.client("ThrottlingException", text));
            case SERVER_ERROR -> Optional.of(SsmError.server("InternalServerError", text));
            case ACCESS_DENIED -> Optional.of(SsmError.client("AccessDeniedException", text));
        };
    }
}
