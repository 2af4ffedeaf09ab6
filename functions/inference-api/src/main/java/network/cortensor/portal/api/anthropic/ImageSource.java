package network.cortensor.portal.api.anthropic;

import java.util.List;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.ImageUrls;

/** An image block's {@code source} as the URL that other servers want. */
final class ImageSource {
    private static final List<String> MEDIA_TYPES = List.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private ImageSource() {}

    static String url(JsonField source) throws Rejection {
        String type = source.need("type").word(List.of("base64", "url"));
        if (type.equals("url")) {
            return ImageUrls.read(source.need("url"));
        }
        String mediaType = source.need("media_type").word(MEDIA_TYPES);
        return "data:" + mediaType + ";base64," + source.need("data").nonEmptyText();
    }
}
