package network.cortensor.portal.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** HTTP/1.1 on a connected socket, for one request. */
final class Http {
    /** Far above what routers and their proxies send, far below what hurts. */
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(100)
            .setMaxEmptyLineCount(4)
            .build();

    /** Answers of 1xx before the real one. */
    private static final int MOST_INTERIM_ANSWERS = 8;

    private final Connection connection;

    private Http(Connection connection) {
        this.connection = connection;
    }

    static Http on(Socket socket) throws IOException {
        return new Http(new Connection(socket));
    }

    ExchangeOutcome speak(Request request) throws IOException, HttpException {
        ClassicHttpRequest message = message(request);
        connection.sendRequestHeader(message);
        connection.sendRequestEntity(message);
        connection.flush();
        for (int interim = 0; interim <= MOST_INTERIM_ANSWERS; interim++) {
            ClassicHttpResponse response = connection.receiveResponseHeader();
            if (response.getCode() >= 200) {
                connection.receiveResponseEntity(response);
                return reply(response);
            }
        }
        return new ExchangeOutcome.Failed(new Failure.Unintelligible());
    }

    private static ClassicHttpRequest message(Request request) {
        byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
        ClassicHttpRequest message = new BasicClassicHttpRequest(request.method(), path(request.url()));
        message.setHeader(HttpHeaders.HOST, request.url().getRawAuthority());
        message.setHeader(HttpHeaders.CONNECTION, "close");
        message.setHeader(HttpHeaders.USER_AGENT, "cortensor-portal");
        request.headers().forEach(message::setHeader);
        if (body.length > 0) {
            message.setHeader(HttpHeaders.CONTENT_LENGTH, body.length);
            message.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        }
        return message;
    }

    private static String path(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** We ask for no compression, and an answer that comes compressed all the same is not unpacked: a small one may unpack to anything. */
    private ExchangeOutcome reply(ClassicHttpResponse response) throws IOException {
        String coding = value(response, HttpHeaders.CONTENT_ENCODING).orElse("identity");
        if (!coding.strip().equalsIgnoreCase("identity")) {
            return new ExchangeOutcome.Failed(new Failure.Unintelligible());
        }
        HttpEntity entity = response.getEntity();
        InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
        return new ExchangeOutcome.Answered(
                response.getCode(),
                value(response, HttpHeaders.CONTENT_TYPE),
                value(response, HttpHeaders.RETRY_AFTER),
                new ResponseBody(content, connection));
    }

    private static Optional<String> value(ClassicHttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    /** HttpCore's connection, which tells in addition whether anything of the body is there already. */
    private static final class Connection extends DefaultBHttpClientConnection implements BodyArrival {
        private final Socket socket;
        private Optional<SessionInputBuffer> read = Optional.empty();

        Connection(Socket socket) throws IOException {
            super(LIMITS, null, null, null, null, new DefaultHttpRequestWriterFactory(), config -> new WholeHeads());
            this.socket = socket;
            bind(socket);
        }

        @Override
        protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream in) {
            read = Optional.of(buffer);
            return super.createContentInputStream(length, buffer, in);
        }

        @Override
        public boolean isThere() {
            return read.filter(buffer -> buffer.length() > 0).isPresent();
        }

        @Override
        public void within(Duration wait) throws IOException {
            socket.setSoTimeout((int) Math.max(1, wait.toMillis()));
        }
    }

    /** HttpCore takes the end of the connection for the end of the head; here a head that breaks off is a lost connection. */
    private static final class WholeHeads implements HttpMessageParser<ClassicHttpResponse> {
        private final HttpMessageParser<ClassicHttpResponse> parser = new DefaultHttpResponseParser(LIMITS);

        @Override
        public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
            try {
                return parser.parse(buffer, new Endless(in));
            } catch (IllegalArgumentException e) {
                // HttpCore refuses a status of 000 as if it were a caller's mistake.
                throw new ProtocolException("no status");
            }
        }
    }

    private static final class Endless extends FilterInputStream {
        Endless(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return unlessEnded(super.read());
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            return unlessEnded(super.read(bytes, from, count));
        }

        private static int unlessEnded(int read) throws IOException {
            if (read < 0) {
                throw new ConnectionClosedException();
            }
            return read;
        }
    }
}
