package network.cortensor.portal.history;

import java.time.InstantSource;
import java.util.Optional;
import network.cortensor.portal.dynamo.DynamoClients;
import network.cortensor.portal.dynamo.catalog.DynamoFleet;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.telemetry.BadItems;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.JsonJournal;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Puts the function {@code catalog-history} together: the only place of it that reads the environment. */
final class HistoryMain {
    private HistoryMain() {}

    static Recorder recorder() {
        HistorySettings settings = HistorySettings.of(System.getenv());
        InstantSource clock = InstantSource.system();
        Journal journal = new JsonJournal(System.out, clock, Emitter.unversioned(settings.environment()));
        BadItems badItems = new BadItems(journal, clock);
        DynamoDbClient dynamo = DynamoClients.open(
                settings.region(), DefaultCredentialsProvider.builder().build(), Optional.empty());
        return new Recorder(
                settings.tables(),
                new DynamoFleet(dynamo, settings.tables(), badItems)::items,
                new DynamoHistory(dynamo, settings.tables().catalogHistory()),
                new ChangeLog(journal, badItems));
    }
}
