package network.cortensor.portal.dynamo.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An image that finds no room in its entry: compressed, and cut into parts that are items of their own.
 *
 * <p>An item of the catalog may be as large as DynamoDB lets any be (400 KB, 32 levels deep), and an entry has to hold two of them. Most
 * entries hold both as they are, so that people can read them in the console.
 *
 * @param parts of a compressed image, in their order
 */
record Packed(List<byte[]> parts) {
    /** Two images of so many bytes of JSON fit into one item of 400 KB, whose own measure of them is smaller. */
    private static final int ROOMY = 150_000;

    /** An entry nests an image one level deeper than it was, and 32 is the most. */
    private static final int DEEPEST = 25;

    private static final int PART = 350_000;

    /** The image packed, if it has to be. */
    static Optional<Packed> ifNeeded(Map<String, AttributeValue> image) {
        try {
            byte[] json = ImageJson.bytes(image);
            return json.length <= ROOMY && depth(image.values()) <= DEEPEST
                    ? Optional.empty()
                    : Optional.of(new Packed(cut(compressed(json))));
        } catch (IOException e) {
            throw new IllegalStateException("memory takes what is written to it", e);
        }
    }

    /** @throws IOException if a part is missing or is not what was written */
    Map<String, AttributeValue> image() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.write(part);
        }
        try (GZIPInputStream json = new GZIPInputStream(new ByteArrayInputStream(whole.toByteArray()))) {
            return ImageJson.item(json.readAllBytes());
        }
    }

    private static byte[] compressed(byte[] json) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json);
        }
        return bytes.toByteArray();
    }

    private static List<byte[]> cut(byte[] bytes) {
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += PART) {
            parts.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PART)));
        }
        return parts;
    }

    private static int depth(Iterable<AttributeValue> values) {
        int deepest = 0;
        for (AttributeValue value : values) {
            int inner = switch (value.type()) {
                case L -> 1 + depth(value.l());
                case M -> 1 + depth(value.m().values());
                case S, N, BOOL, NUL, B, SS, NS, BS, UNKNOWN_TO_SDK_VERSION -> 0;
            };
            deepest = Math.max(deepest, inner);
        }
        return deepest;
    }
}
