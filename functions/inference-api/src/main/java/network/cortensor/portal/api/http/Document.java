package network.cortensor.portal.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * A document that anybody may ask for as often as they like: made once, compressed once, and recognised by its tag, so that a client that has a copy is not
 * sent another. A value; safe for use by many threads.
 */
public final class Document {
    private static final int TAG_BYTES = 12;

    private final String contentType;
    private final byte[] plain;
    private final byte[] compressed;
    private final String tag;

    private Document(String contentType, byte[] plain) {
        this.contentType = contentType;
        this.plain = plain;
        this.compressed = compressed(plain);
        this.tag = "W/\"" + HexFormat.of().formatHex(digest(plain), 0, TAG_BYTES) + '"';
    }

    public static Document json(String text) {
        return new Document("application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    public static Document html(String text) {
        return new Document("text/html; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    String contentType() {
        return contentType;
    }

    /** The body, as the customer can read it. */
    byte[] body(Coding coding) {
        return switch (coding) {
            case PLAIN -> plain.clone();
            case GZIP -> compressed.clone();
        };
    }

    /** An {@code etag}, the same for every coding. */
    String tag() {
        return tag;
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes what is written", e);
        }
        return out.toByteArray();
    }
}
