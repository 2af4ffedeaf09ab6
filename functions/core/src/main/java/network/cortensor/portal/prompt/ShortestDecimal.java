package network.cortensor.portal.prompt;

import java.math.BigDecimal;

/**
 * The shortest decimal number that is nearest to a binary one, as the languages of templates and renderers write it; where they begin to use
 * an exponent, and how that looks, is their own.
 *
 * @param value without trailing zeros
 * @param negative also of -0.0
 */
record ShortestDecimal(BigDecimal value, boolean negative) {
    static ShortestDecimal of(double number) {
        BigDecimal value = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
        return new ShortestDecimal(value, Double.compare(number, 0.0) < 0);
    }

    /** Of ten, so that one digit stands before the point. */
    int exponent() {
        return value.precision() - value.scale() - 1;
    }

    /** With a fraction, at least {@code .0}. */
    String plain() {
        return sign() + (value.scale() > 0 ? value.toPlainString() : value.toPlainString() + ".0");
    }

    /** The digits, a point behind the first if there are more. */
    String mantissa() {
        String digits = value.unscaledValue().toString();
        return sign() + (digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1));
    }

    private String sign() {
        return negative ? "-" : "";
    }
}
