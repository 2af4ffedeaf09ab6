package network.cortensor.portal.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Map;

/** {@code GET /health}: the function is reached. It looks at nothing else, because anybody may call it as often as they like. */
final class Health implements Operation {
    @Override
    public void perform(ApiExchange exchange) throws IOException {
        exchange.reply()
                .json(200, Map.of(), JsonNodeFactory.instance.objectNode().put("status", "ok"));
    }
}
