package network.cortensor.portal.testkit.router;

import java.util.Map;
import network.cortensor.portal.testkit.http.Reply;

/** The error pages of the proxy that stands before many routers. */
final class Nginx {
    private Nginx() {}

    /** @param status code and phrase, such as {@code 502 Bad Gateway} */
    static Reply page(String status) {
        String html = """
                <html>
                <head><title>%1$s</title></head>
                <body>
                <center><h1>%1$s</h1></center>
                <hr><center>nginx/1.18.0 (Ubuntu)</center>
                </body>
                </html>
                """.formatted(status).replace("\n", "\r\n");
        return new Reply(status, "text/html", Map.of("Server", "nginx/1.18.0 (Ubuntu)"), html);
    }
}
