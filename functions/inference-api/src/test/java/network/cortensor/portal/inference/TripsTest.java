package network.cortensor.portal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import org.junit.jupiter.api.Test;

/**
 * How often a request waits for tables, Parameter Store and routers, one after the other. The table of it is kept in git, so that a change shows what it
 * does to it; {@code -Dportal.rewrite=true} writes it anew.
 */
class TripsTest {
    private static final Path REPORT = Path.of("src", "test", "resources", "trips.md");

    private static final List<Endpoint> ENDPOINTS = List.of(
            new Endpoint("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"),
            new Endpoint("/v1/completions", "\"prompt\":\"hi\""),
            new Endpoint("/v1/messages", "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"),
            new Endpoint("/v1/responses", "\"input\":\"hi\""),
            new Endpoint("/v1/messages/count_tokens", "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"));

    private record Endpoint(String path, String fields) {
        String body(String model) {
            return "{\"model\":\"" + model + "\"," + fields + "}";
        }
    }

    @Test
    void everyRequestMakesAsManyTripsAsTheTableSays() throws Exception {
        StringBuilder table = new StringBuilder("""
                # What a request waits for, one after the other

                Every call of a table or of Parameter Store takes 4 ms here, and so does a connection to a router: name, TCP and TLS. Calls with a plus
                between them run side by side. `SENT` is the first byte to the router; what follows is done when the customer has the answer, until the
                environment may serve the next request. *No memory* is the first request of an environment, *expired* one after ten minutes, *warm*
                one a second later.

                | endpoint | protocol | memory | until the first byte to the router | afterwards |
                |---|---|---|---|---|
                """);
        try (DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TripRig.TABLES)::create)) {
            TripRig.fill(dynamo);
            int environment = 0;
            for (Endpoint endpoint : ENDPOINTS) {
                for (String protocol : List.of("cortensor", "openai")) {
                    List<String> texts =
                            new TripRig(dynamo, environment++).threeTimes(endpoint.path(), endpoint.body(protocol));
                    for (int i = 0; i < 3; i++) {
                        table.append("| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        endpoint.path(),
                                        protocol,
                                        List.of("no memory", "expired", "warm").get(i),
                                        texts.get(i)));
                    }
                }
            }
        }
        compare(table.toString());
    }

    private static void compare(String table) throws IOException {
        if (Boolean.getBoolean("portal.rewrite")) {
            Files.createDirectories(REPORT.getParent());
            Files.writeString(REPORT, table);
        }
        assertThat(table).isEqualTo(Files.readString(REPORT));
    }
}
