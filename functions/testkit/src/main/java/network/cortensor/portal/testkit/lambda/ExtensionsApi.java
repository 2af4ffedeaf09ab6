package network.cortensor.portal.testkit.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import network.cortensor.portal.testkit.wire.Headers;
import network.cortensor.portal.testkit.wire.ServerExchange;

/**
 * Lambda's Extensions API of 2020-01-01, as far as an internal extension may use it: it registers for no event while the environment starts,
 * and says that it is ready by asking for the next one, which never comes.
 */
final class ExtensionsApi {
    static final String BASE = "/2020-01-01/extension/";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Consumer<RuntimeCall> observer;
    private final Map<String, String> names = new ConcurrentHashMap<>();

    ExtensionsApi(Consumer<RuntimeCall> observer) {
        this.observer = observer;
    }

    /** What an environment's start looks like to an extension. */
    enum Registration {
        OPEN,
        CLOSED
    }

    void handle(ServerExchange exchange, Registration registration) throws IOException, InterruptedException {
        switch (exchange.head().method() + " " + exchange.head().path().substring(BASE.length())) {
            case "POST register" -> register(exchange, registration);
            case "GET event/next" -> next(exchange);
            default -> RuntimeApiEmulator.reject(exchange, 404, "NotFound");
        }
    }

    private void register(ServerExchange exchange, Registration registration) throws IOException {
        Optional<String> name = exchange.head().headers().first("Lambda-Extension-Name");
        JsonNode wish = JSON.readTree(exchange.body().readAllBytes());
        if (name.isEmpty()) {
            RuntimeApiEmulator.reject(exchange, 403, "Extension.InvalidExtensionName");
        } else if (!wish.path("events").isArray() || !wish.path("events").isEmpty()) {
            RuntimeApiEmulator.reject(exchange, 403, "Extension.InvalidEventType");
        } else if (registration == Registration.CLOSED) {
            RuntimeApiEmulator.reject(exchange, 403, "Extension.RegistrationClosed");
        } else {
            String identifier = UUID.randomUUID().toString();
            names.put(identifier, name.get());
            observer.accept(new RuntimeCall.ExtensionRegistered(name.get()));
            exchange.answer(200, Headers.of("Lambda-Extension-Identifier", identifier), new byte[] {'{', '}'});
        }
    }

    private void next(ServerExchange exchange) throws IOException, InterruptedException {
        Optional<String> name = exchange.head()
                .headers()
                .first("Lambda-Extension-Identifier")
                .flatMap(identifier -> Optional.ofNullable(names.get(identifier)));
        if (name.isEmpty()) {
            RuntimeApiEmulator.reject(exchange, 403, "Extension.UnknownExtensionIdentifier");
            return;
        }
        observer.accept(new RuntimeCall.ExtensionReady(name.get()));
        new CountDownLatch(1).await();
    }
}
