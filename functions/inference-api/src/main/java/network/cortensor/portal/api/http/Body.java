package network.cortensor.portal.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a request, as the customer sent them. */
public final class Body {
    public static final Body EMPTY = new Body(new byte[0]);

    private final byte[] bytes;

    public Body(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    /** @throws CharacterCodingException if the bytes are not UTF-8, overlong forms and surrogates included */
    public String utf8() throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "Body[" + bytes.length + " bytes]";
    }
}
