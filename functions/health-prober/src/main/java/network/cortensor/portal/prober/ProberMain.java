package network.cortensor.portal.prober;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.dynamo.catalog.DynamoFleet;
import network.cortensor.portal.dynamo.health.DynamoHealth;
import network.cortensor.portal.dynamo.slots.DynamoSlotTable;
import network.cortensor.portal.prober.ProberParts.Limits;
import network.cortensor.portal.prober.ProberParts.Network;
import network.cortensor.portal.prober.ProberParts.Stores;
import network.cortensor.portal.router.LivenessProber;
import network.cortensor.portal.router.RouterKeys;
import network.cortensor.portal.router.Routers;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.ssm.SsmRouterKeys;
import network.cortensor.portal.telemetry.BadItems;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.json.JsonJournal;
import network.cortensor.portal.wire.WireSettings;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Puts the function {@code health-prober} together: the only place of it that reads the environment. */
public final class ProberMain {
    /** For one of the two small requests of a look. */
    private static final Duration LOOK_PATIENCE = Duration.ofSeconds(5);

    private ProberMain() {}

    /** Settings are read, and found wanting, before a snapshot; clients, connections and randomness come into being with the first tick. */
    static Prober prober() {
        ProberSettings settings = ProberSettings.of(System.getenv());
        return new Prober(() -> connect(settings));
    }

    private static ProberParts connect(ProberSettings settings) {
        InstantSource clock = InstantSource.system();
        Journal journal = new JsonJournal(System.out, clock, Emitter.unversioned(settings.environment()));
        AwsCredentialsProvider credentials =
                DefaultCredentialsProvider.builder().build();
        return connect(
                new Clients(
                        AwsClients.forRequests(settings.region(), credentials).dynamo(Optional.empty()),
                        AwsClients.forRequests(settings.region(), credentials).ssm(Optional.empty())),
                settings,
                Slots.Terms.PRODUCTION,
                new Surroundings(journal, clock));
    }

    /** The AWS services that the function uses. */
    public record Clients(DynamoDbClient dynamo, SsmClient ssm) {}

    /** What a process gives to the function. */
    public record Surroundings(Journal journal, InstantSource clock) {}

    /** What the prober works with over these tables and parameters, and over any router within the settings' boundary. */
    public static ProberParts connect(
            Clients clients, ProberSettings settings, Slots.Terms terms, Surroundings surroundings) {
        InstantSource clock = surroundings.clock();
        SecureRandom random = new SecureRandom();
        DynamoDbClient dynamo = clients.dynamo();
        RouterKeys keys = new SsmRouterKeys(clients.ssm(), settings.environment(), clock);
        WireSettings wire = WireSettings.within(settings.boundary());
        BadItems badItems = new BadItems(surroundings.journal(), clock);
        DynamoSlotTable slots = new DynamoSlotTable(dynamo, settings.tables().sessionSlots(), badItems, clock);
        return new ProberParts(
                new Stores(
                        new DynamoFleet(dynamo, settings.tables(), badItems)::read,
                        new DynamoHealth(dynamo, settings.tables(), random),
                        slots,
                        new Slots(slots, clock, random, terms)),
                new Network(new LivenessProber(wire, keys, LOOK_PATIENCE), new Routers(wire, keys, random)),
                surroundings.journal(),
                clock,
                Limits.production(settings.deepProbesPerTick()));
    }
}
