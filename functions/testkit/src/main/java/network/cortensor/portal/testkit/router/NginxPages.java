package network.cortensor.portal.testkit.router;

import java.util.Map;
import network.cortensor.portal.testkit.http.CannedReply;

/** The error pages of the proxy that stands before many routers. */
final class NginxPages {
    private NginxPages() {}

    /** @param status code and phrase, such as {@code 502 Bad Gateway} */
    static CannedReply page(String status) {
        String html = """
                <html>
                <head><title>%1$s</title></head>
                <body>
                <center><h1>%1$s</h1></center>
                <hr><center>nginx/1.18.0 (Ubuntu)</center>
                </body>
                </html>
                """.formatted(status).replace("\n", "\r\n");
        return new CannedReply(status, "text/html", Map.of("Server", "nginx/1.18.0 (Ubuntu)"), html);
    }
}
