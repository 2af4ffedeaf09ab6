package network.cortensor.portal.api.wire;

import java.util.List;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;

/** The addresses of images that are passed on to a model's server. */
public final class ImageUrls {
    private static final List<String> BEGINNINGS = List.of("https://", "http://", "data:image/");

    private ImageUrls() {}

    public static String read(JsonField field) throws Rejection {
        String url = field.text();
        if (BEGINNINGS.stream().noneMatch(url::startsWith)) {
            throw field.wrong("must begin with one of " + String.join(", ", BEGINNINGS) + ".");
        }
        return url;
    }
}
