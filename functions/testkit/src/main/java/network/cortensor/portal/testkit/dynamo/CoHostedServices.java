package network.cortensor.portal.testkit.dynamo;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.testkit.http.CannedReply;
import network.cortensor.portal.testkit.http.CoHostedService;
import network.cortensor.portal.testkit.http.PeerRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands requests that are not DynamoDB's to whom they are for. */
final class CoHostedServices extends Handler.Abstract {
    private final List<CoHostedService> neighbours;

    CoHostedServices(List<CoHostedService> neighbours) {
        this.neighbours = List.copyOf(neighbours);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        PeerRequest head = read(request, "");
        Optional<CoHostedService> neighbour =
                neighbours.stream().filter(each -> each.serves(head)).findFirst();
        if (neighbour.isEmpty()) {
            return false;
        }
        String body = Content.Source.asString(request, StandardCharsets.UTF_8);
        CannedReply reply = neighbour.get().answer(read(request, body));
        response.setStatus(Integer.parseInt(reply.status().substring(0, 3)));
        response.getHeaders().put("Content-Type", reply.contentType());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        Content.Sink.write(response, true, reply.body(), callback);
        return true;
    }

    private static PeerRequest read(Request request, String body) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.put(field.getName(), field.getValue());
        }
        String query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
        return new PeerRequest(request.getMethod(), request.getHttpURI().getPath(), query, headers, body, 0);
    }
}
