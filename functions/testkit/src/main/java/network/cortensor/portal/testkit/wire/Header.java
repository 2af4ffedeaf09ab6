package network.cortensor.portal.testkit.wire;

/** One header field, its name spelled as it was sent. */
public record Header(String name, String value) {
    public Header {
        if (name.isEmpty() || !name.chars().allMatch(Header::isToken)) {
            throw new IllegalArgumentException(
                    "header name: " + name.length() + " characters (expected: an HTTP token)");
        }
        if (!value.chars().allMatch(Header::isFieldContent)) {
            throw new IllegalArgumentException(name + ": a control character (expected: none)");
        }
    }

    private static boolean isToken(int c) {
        return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }

    /** Control characters are how a header would become two. */
    private static boolean isFieldContent(int c) {
        return c == '\t' || (c >= ' ' && c != 0x7f);
    }
}
