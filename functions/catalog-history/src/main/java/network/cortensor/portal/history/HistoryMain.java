package network.cortensor.portal.history;

import java.time.InstantSource;
import java.util.Optional;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.catalog.DynamoFleet;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.telemetry.BadItems;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.json.JsonJournal;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Puts the function {@code catalog-history} together: the only place of it that reads the environment. */
public final class HistoryMain {
    private HistoryMain() {}

    static Recorder recorder() {
        HistorySettings settings = HistorySettings.of(System.getenv());
        InstantSource clock = InstantSource.system();
        Journal journal = new JsonJournal(System.out, clock, Emitter.unversioned(settings.environment()));
        return connect(
                AwsClients.forRequests(
                                settings.region(),
                                DefaultCredentialsProvider.builder().build())
                        .dynamo(Optional.empty()),
                settings.tables(),
                journal,
                clock);
    }

    /** What records changes of these tables. */
    public static Recorder connect(DynamoDbClient dynamo, TableNames tables, Journal journal, InstantSource clock) {
        BadItems badItems = new BadItems(journal, clock);
        return new Recorder(
                tables,
                new DynamoFleet(dynamo, tables, badItems)::items,
                new DynamoHistory(dynamo, tables.catalogHistory()),
                new ChangeLog(journal, badItems));
    }
}
