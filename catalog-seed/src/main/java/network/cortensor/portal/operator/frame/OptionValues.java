package network.cortensor.portal.operator.frame;

import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import picocli.CommandLine.TypeConversionException;

/** Values of options that picocli reads too, but complains of in Java's words. */
public final class OptionValues {
    private OptionValues() {}

    /** A day such as {@code 2026-11-29}. */
    public static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException(text + " (expected: a day, such as 2026-11-29)");
        }
    }

    /** A base URL with a scheme and a host. */
    public static URI address(String text) {
        try {
            URI url = URI.create(text);
            if (url.getScheme() != null && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    /** A number such as {@code 10}. Whether it is in bounds is for the command to say. */
    public static int whole(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException(text + " (expected: a whole number)");
        }
    }

    private static TypeConversionException refused(String text) {
        return new TypeConversionException(text + " (expected: an address, such as http://localhost:8000)");
    }
}
