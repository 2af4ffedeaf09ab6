package network.cortensor.portal.api.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.wire.PublicHost;

/**
 * The addresses of images that are passed on to a model's server, which opens them: pictures in the request itself, or public ones over https. A server stands in a
 * network where addresses mean something that strangers must not reach, so that nothing passes that two programs could read differently.
 */
public final class ImageUrls {
    /** Pictures of pixels: a drawing is XML, whose references a server that draws it would follow. */
    private static final Pattern DATA = Pattern.compile("data:image/(?!(?i)[^;,]*(svg|xml)).*", Pattern.DOTALL);

    /** Neither a user's name, nor a backslash, nor an escape in the host; no blank and no control character anywhere. */
    private static final Pattern HTTPS = Pattern.compile(
            "https://(?<host>\\[[^\\]]*]|[^\\[\\]:/?#@\\\\%]*)(:(?<port>[0-9]{1,5}))?([/?#][^\\p{Cntrl}\\s\\p{Z}\\\\]*)?");

    private static final int LARGEST_PORT = 65_535;

    private ImageUrls() {}

    public static String read(JsonField field) throws Rejection {
        String url = field.text();
        if (!isPublic(url)) {
            throw field.wrong("must be a data:image/ URL of pixels, or an https:// URL of a public host.");
        }
        return url;
    }

    static boolean isPublic(String url) {
        if (DATA.matcher(url).matches()) {
            return true;
        }
        Matcher https = HTTPS.matcher(url);
        return https.matches()
                && Optional.ofNullable(https.group("port"))
                        .map(Integer::valueOf)
                        .filter(port -> port < 1 || port > LARGEST_PORT)
                        .isEmpty()
                && PublicHost.is(https.group("host"));
    }
}
