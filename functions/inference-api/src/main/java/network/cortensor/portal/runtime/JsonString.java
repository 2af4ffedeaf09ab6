package network.cortensor.portal.runtime;

import java.util.HexFormat;

/** Writes JSON strings in ASCII alone, so that their length in characters is their length in bytes. */
final class JsonString {
    private static final HexFormat HEX = HexFormat.of();

    private JsonString() {}

    static void append(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append("\\u").append(HEX.toHexDigits(c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
