package network.cortensor.portal.benchmarks.failover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import network.cortensor.portal.testkit.wire.RequestHead;

/** A server of OpenAI's form, over bare sockets, that breaks as the model's name says: {@code too_many-anything}. Each connection carries one request. */
final class BrokenProvider implements AutoCloseable {
    /** What every good answer says: sixty words. */
    static final List<String> WORDS =
            IntStream.rangeClosed(1, 60).mapToObj(number -> "word" + number).toList();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LATE = Duration.ofSeconds(20);
    private static final Duration STALL = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofMinutes(2);
    private static final Duration OUTAGE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_WORDS = Duration.ofMillis(15);

    private final ServerSocket server;
    private final List<SeenAttempt> seen = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final Map<String, Instant> outages = new ConcurrentHashMap<>();

    private BrokenProvider(ServerSocket server) {
        this.server = server;
    }

    static BrokenProvider start() throws IOException {
        BrokenProvider provider = new BrokenProvider(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(provider::accept);
        return provider;
    }

    URI url() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    /** A scenario begins: nothing was asked of the model, and its outage, if it has one, begins. */
    void begin(String model) {
        requests.remove(model);
        seen.removeIf(attempt -> attempt.model().equals(model));
        outages.put(model, Instant.now().plus(OUTAGE));
    }

    /** When the model's outage ends. */
    Instant end(String model) {
        return outages.getOrDefault(model, Instant.MIN);
    }

    List<SeenAttempt> seen(String model) {
        return seen.stream().filter(attempt -> attempt.model().equals(model)).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            acceptOne();
        }
    }

    private void acceptOne() {
        try {
            Socket socket = server.accept();
            Thread.ofVirtual().start(() -> serve(socket));
        } catch (IOException e) {
            // The server was closed, or its client has gone already.
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            RequestHead head = RequestHead.read(in).orElseThrow(() -> new EOFException("no request"));
            if (head.method().equals("GET")) {
                // Which models there are is not told: that says nothing against any.
                new Answer(socket).json(200, Map.of(), JSON.createObjectNode().put("object", "list"));
                return;
            }
            JsonNode body = JSON.readTree(head.body(in));
            answer(new Answer(socket), body);
        } catch (IOException e) {
            // The client has gone, which is its right.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Answer answer, JsonNode body) throws IOException, InterruptedException {
        String model = body.path("model").asText();
        ProviderFault fault = ProviderFault.valueOf(model.substring(0, model.indexOf('-')));
        boolean first =
                requests.computeIfAbsent(model, absent -> new AtomicInteger()).incrementAndGet() == 1;
        boolean struck = switch (fault) {
            case NONE -> false;
            case NO_PREFILL -> endsWithAnAnswer(body);
            case TOO_MANY_ONCE, ERROR_ONCE, RESET_ONCE -> first;
            case DOWN_FOR_A_MINUTE -> Instant.now().isBefore(end(model));
            default -> true;
        };
        seen.add(new SeenAttempt(
                model,
                Instant.now(),
                body.toString().contains(BenchClient.PROMPT),
                !struck,
                struck && fault == ProviderFault.NO_PREFILL));
        if (struck) {
            strike(fault, answer, body);
        } else {
            new Speech(answer, body).all();
        }
    }

    private static boolean endsWithAnAnswer(JsonNode body) {
        JsonNode messages = body.path("messages");
        return messages.path(messages.size() - 1).path("role").asText().equals("assistant");
    }

    private static void strike(ProviderFault fault, Answer answer, JsonNode body)
            throws IOException, InterruptedException {
        Speech speech = new Speech(answer, body);
        switch (fault) {
            case NONE -> speech.all();
            case NO_PREFILL -> answer.json(400, Map.of(), error("invalid_prefill"));
            case TOO_MANY_ONCE -> answer.json(429, Map.of("Retry-After", "2"), error("rate_limit_exceeded"));
            case TOO_MANY -> answer.json(429, Map.of(), error("rate_limit_exceeded"));
            case ERROR_ONCE -> answer.json(500, Map.of(), error("server_error"));
            case OVERLOADED, DOWN_FOR_A_MINUTE -> answer.json(503, Map.of(), error("overloaded"));
            case RESET_ONCE -> answer.reset();
            case SILENT -> Thread.sleep(SILENCE);
            case LATE -> speech.after(LATE);
            case CUT -> speech.upTo(40);
            case STALLED -> speech.upToThenSilentFor(20, STALL);
            case BAD_EVENT -> speech.withBadEventAfter(10);
            case NO_DONE -> speech.withoutDone();
            case CONTEXT_EXCEEDED -> answer.json(400, Map.of(), error("context_length_exceeded"));
            case CONTENT_REJECTED -> answer.json(400, Map.of(), error("content_policy_violation"));
        }
    }

    private static ObjectNode error(String code) {
        ObjectNode error = JSON.createObjectNode();
        error.putObject("error")
                .put("message", "made to fail")
                .put("type", "invalid_request_error")
                .put("code", code)
                .putNull("param");
        return error;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** The server's end of one connection. */
    private record Answer(Socket socket) {
        void json(int status, Map<String, String> headers, JsonNode body) throws IOException {
            write(status, headers, JSON.writeValueAsBytes(body));
        }

        void write(int status, Map<String, String> headers, byte[] body) throws IOException {
            head(status, "application/json", headers, "Content-Length: " + body.length);
            out().write(body);
            out().flush();
        }

        void head(int status, String type, Map<String, String> headers, String framing) throws IOException {
            String more = headers.entrySet().stream()
                    .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                    .collect(Collectors.joining());
            send("HTTP/1.1 " + status + " Made\r\nContent-Type: " + type + "\r\n" + more + framing
                    + "\r\nConnection: close\r\n\r\n");
        }

        void chunk(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            send(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
        }

        void send(String text) throws IOException {
            out().write(text.getBytes(StandardCharsets.UTF_8));
            out().flush();
        }

        /** Instead of an orderly end. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
        }

        private OutputStream out() throws IOException {
            return socket.getOutputStream();
        }
    }

    /** A good answer, or as much of it as the fault leaves: streamed or whole, as it was asked for. */
    private record Speech(Answer answer, JsonNode asked) {
        void all() throws IOException, InterruptedException {
            after(Duration.ZERO);
        }

        void after(Duration silence) throws IOException, InterruptedException {
            if (!streamed()) {
                Thread.sleep(silence);
                answer.write(200, Map.of(), whole());
                return;
            }
            begin();
            Thread.sleep(silence);
            words(0, WORDS.size());
            end(true);
        }

        void upTo(int words) throws IOException, InterruptedException {
            if (streamed()) {
                begin();
                words(0, words);
            } else {
                half();
            }
        }

        void upToThenSilentFor(int words, Duration silence) throws IOException, InterruptedException {
            upTo(words);
            Thread.sleep(silence);
        }

        void withBadEventAfter(int words) throws IOException, InterruptedException {
            if (!streamed()) {
                answer.write(200, Map.of(), "{\"choices\": [{\"mess".getBytes(StandardCharsets.UTF_8));
                return;
            }
            begin();
            words(0, words);
            answer.chunk("data: {\"choices\": [{\"delta\": \n\n");
            words(words, WORDS.size());
            end(true);
        }

        void withoutDone() throws IOException, InterruptedException {
            if (!streamed()) {
                answer.write(200, Map.of(), whole());
                return;
            }
            begin();
            words(0, WORDS.size());
            end(false);
        }

        private boolean streamed() {
            return asked.path("stream").asBoolean();
        }

        private void begin() throws IOException {
            answer.head(200, "text/event-stream", Map.of(), "Transfer-Encoding: chunked");
        }

        private void words(int from, int to) throws IOException, InterruptedException {
            for (String word : WORDS.subList(from, to)) {
                ObjectNode event = event();
                choice(event).putObject("delta").put("content", word.equals(WORDS.getFirst()) ? word : " " + word);
                answer.chunk("data: " + JSON.writeValueAsString(event) + "\n\n");
                Thread.sleep(BETWEEN_WORDS);
            }
        }

        private void end(boolean done) throws IOException {
            ObjectNode last = event();
            choice(last).put("finish_reason", "stop").putObject("delta");
            answer.chunk("data: " + JSON.writeValueAsString(last) + "\n\n");
            if (asked.at("/stream_options/include_usage").asBoolean()) {
                ObjectNode usage = event();
                usage.putArray("choices");
                usage(usage);
                answer.chunk("data: " + JSON.writeValueAsString(usage) + "\n\n");
            }
            if (done) {
                answer.chunk("data: [DONE]\n\n");
            }
            answer.send("0\r\n\r\n");
        }

        private void half() throws IOException {
            byte[] body = whole();
            answer.head(200, "application/json", Map.of(), "Content-Length: " + body.length);
            answer.send(new String(body, 0, body.length / 2, StandardCharsets.UTF_8));
        }

        private byte[] whole() throws IOException {
            ObjectNode completion = event().put("object", "chat.completion");
            choice(completion)
                    .put("finish_reason", "stop")
                    .putObject("message")
                    .put("role", "assistant")
                    .put("content", String.join(" ", WORDS));
            usage(completion);
            return JSON.writeValueAsBytes(completion);
        }

        private ObjectNode event() {
            return JSON.createObjectNode()
                    .put("id", "chatcmpl-made")
                    .put("object", "chat.completion.chunk")
                    .put("created", 1)
                    .put("model", asked.path("model").asText());
        }

        private static ObjectNode choice(ObjectNode event) {
            return event.putArray("choices").addObject().put("index", 0);
        }

        private static void usage(ObjectNode event) {
            event.putObject("usage")
                    .put("prompt_tokens", 20)
                    .put("completion_tokens", WORDS.size())
                    .put("total_tokens", 20 + WORDS.size());
        }
    }
}
