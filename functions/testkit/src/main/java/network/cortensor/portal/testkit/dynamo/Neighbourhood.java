package network.cortensor.portal.testkit.dynamo;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.testkit.http.HttpRequest;
import network.cortensor.portal.testkit.http.Neighbour;
import network.cortensor.portal.testkit.http.Reply;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands requests that are not DynamoDB's to whom they are for. */
final class Neighbourhood extends Handler.Abstract {
    private final List<Neighbour> neighbours;

    Neighbourhood(List<Neighbour> neighbours) {
        this.neighbours = List.copyOf(neighbours);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpRequest head = read(request, "");
        Optional<Neighbour> neighbour =
                neighbours.stream().filter(each -> each.serves(head)).findFirst();
        if (neighbour.isEmpty()) {
            return false;
        }
        String body = Content.Source.asString(request, StandardCharsets.UTF_8);
        Reply reply = neighbour.get().answer(read(request, body));
        response.setStatus(Integer.parseInt(reply.status().substring(0, 3)));
        response.getHeaders().put("Content-Type", reply.contentType());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        Content.Sink.write(response, true, reply.body(), callback);
        return true;
    }

    private static HttpRequest read(Request request, String body) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.put(field.getName(), field.getValue());
        }
        String query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
        return new HttpRequest(request.getMethod(), request.getHttpURI().getPath(), query, headers, body, 0);
    }
}
