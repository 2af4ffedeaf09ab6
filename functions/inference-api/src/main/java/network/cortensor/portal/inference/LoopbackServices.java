package network.cortensor.portal.inference;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import network.cortensor.portal.keys.items.PlanItems;

/**
 * What a priming request meets, all of it in this process: tables and a parameter store that answer in the words of AWS, and a router that says two
 * words by TLS. They know one key, one model and one target, remember nothing, and refuse nothing.
 */
final class LoopbackServices implements AutoCloseable {
    private static final String JSON = "application/x-amz-json-1.0";
    private static final String STREAM = """
        data: {"id": "cmpl-1", "task_id": 1, "choices": [{"text": "<|channel|>final<|message|>Prim", "index": 0, "finish_reason": null}]}

        data: {"id": "cmpl-1", "task_id": 1, "choices": [{"text": "ed.", "index": 0, "finish_reason": null}]}

        data: {"id": "cmpl-1", "task_id": 1, "choices": [{"text": "", "index": 0, "finish_reason": "stop"}]}

        data: [DONE]

        """;

    private final ServerSocket aws;
    private final ServerSocket router;
    private final Map<String, String> items;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private LoopbackServices(ServerSocket aws, ServerSocket router) {
        this.aws = aws;
        this.router = router;
        this.items = Map.of(
                "keys", """
                {"keyHash":{"S":"x"},"keyId":{"S":"canned"},"customer":{"S":"canned"},"plan":{"S":"canned"},"status":{"S":"active"}}\
                """,
                "models", """
                {"alias":{"S":"gpt-oss-20b"},"state":{"S":"live"},"contextLength":{"N":"4096"},"maxOutputTokens":{"N":"1024"},\
                "promptFormat":{"S":"harmony"},"routes":{"L":[{"M":{"pool":{"S":"canned"},"weight":{"N":"1"}}}]}}\
                """,
                "pools", """
                {"pool":{"S":"canned"},"state":{"S":"live"}}\
                """,
                "targets", """
                    {"pool":{"S":"canned"},"target":{"S":"canned"},"state":{"S":"live"},"sessionId":{"N":"1"},\
                    "routerUrl":{"S":"https://localhost:%d"}}\
                    """.formatted(router.getLocalPort()));
    }

    /** @param tls of the router */
    static LoopbackServices start(SSLContext tls) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        LoopbackServices services = new LoopbackServices(
                new ServerSocket(0, 50, loopback), tls.getServerSocketFactory().createServerSocket(0, 50, loopback));
        services.accept(services.aws);
        services.accept(services.router);
        return services;
    }

    /** Of DynamoDB and of the Parameter Store. */
    URI aws() {
        return URI.create("http://localhost:" + aws.getLocalPort());
    }

    private void accept(ServerSocket listener) {
        Thread.ofVirtual().name("loopback").start(() -> {
            try {
                while (true) {
                    Socket connection = listener.accept();
                    connections.add(connection);
                    Thread.ofVirtual().start(() -> serve(connection));
                }
            } catch (IOException e) {
                // Closed: the priming is over.
                return;
            }
        });
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                String body = new String(in.readNBytes(length(head)), StandardCharsets.UTF_8);
                String target = field(head, "x-amz-target");
                String answer = target.isEmpty() ? STREAM : answer(target, body);
                String type = target.isEmpty() ? "text/event-stream" : JSON;
                out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + answer.length()
                                + "\r\n\r\n" + answer)
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        } catch (IOException e) {
            // The caller has gone.
            return;
        } finally {
            connections.remove(connection);
        }
    }

    private String answer(String target, String request) {
        String operation = target.substring(target.lastIndexOf('.') + 1);
        return switch (operation) {
            case "GetItem" ->
                "{" + item(request).map(item -> "\"Item\":" + item).orElse("") + "}";
            case "Query" -> "{\"Items\":[" + item(request).orElse("") + "]}";
            case "GetParameter" -> "{\"Parameter\":{\"Name\":\"x\",\"Type\":\"SecureString\",\"Value\":\"none\"}}";
            default -> "{}";
        };
    }

    private Optional<String> item(String request) {
        String table = request.replaceAll(".*\"TableName\":\"([^\"]*)\".*", "$1");
        if (table.equals("keys") && request.contains("plan#")) {
            return Optional.of(PlanItems.LIMITS.stream()
                    .map(limit -> ",\"" + limit + "\":{\"S\":\"" + PlanItems.UNLIMITED + "\"}")
                    .collect(Collectors.joining("", "{\"keyHash\":{\"S\":\"plan#canned\"}", "}")));
        }
        return Optional.ofNullable(items.get(table));
    }

    /** Up to the empty line, which is left out; empty when there is no further request. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    private static int length(String head) {
        String length = field(head, "content-length");
        return length.isEmpty() ? 0 : Integer.parseInt(length);
    }

    private static String field(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** Ends every connection, so that none is in a snapshot. */
    @Override
    public void close() throws IOException {
        aws.close();
        router.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
