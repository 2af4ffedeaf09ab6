package network.cortensor.portal.router;

import java.net.URI;
import java.util.regex.Pattern;

/** The paths that are asked for, below whatever base path a target's URL has. */
final class RouterPaths {
    private static final Pattern VERSION = Pattern.compile(".*/v\\d\\w*(/.*)?");

    private RouterPaths() {}

    /** {@code <base>/api/v2/completions}, and the rest behind it. */
    static URI cortensor(URI routerUrl, int version, String rest) {
        return URI.create(base(routerUrl) + "/api/v" + version + "/completions" + rest);
    }

    /** {@code <base>/api/v1/status} and its like, which every build has at this version or not at all. */
    static URI health(URI routerUrl, String word) {
        return URI.create(base(routerUrl) + "/api/v1/" + word);
    }

    /**
     * {@code <base>/v1/chat/completions} and its like. A base path that names a version already ({@code /openai/v1}, {@code
     * /v1beta/openai}) is taken as it is.
     */
    static URI openAi(URI routerUrl, String path) {
        String base = base(routerUrl);
        boolean versioned = VERSION.matcher(routerUrl.getRawPath()).matches();
        return URI.create(base + (versioned ? "" : "/v1") + path);
    }

    private static String base(URI routerUrl) {
        String path = routerUrl.getRawPath();
        return routerUrl.getScheme() + "://" + routerUrl.getRawAuthority() + path.replaceAll("/+$", "");
    }
}
