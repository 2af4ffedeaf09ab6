package network.cortensor.portal.infra.data;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import network.cortensor.portal.infra.environment.Keeping;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/**
 * All tables: on demand, recoverable to any second of the last 35 days, encrypted with the account's DynamoDB key. CloudFormation names
 * them, so that a second deployment, or a table restored beside its original, never collides with a name.
 */
public final class Tables extends Construct {
    private final Map<PortalTable, TableV2> tables = new EnumMap<>(PortalTable.class);

    public Tables(Construct scope, String id, Keeping keeping) {
        super(scope, id);
        for (PortalTable table : PortalTable.values()) {
            tables.put(table, table(table, keeping));
        }
    }

    private TableV2 table(PortalTable table, Keeping keeping) {
        TableV2.Builder builder = TableV2.Builder.create(this, table.id())
                .partitionKey(text(table.partitionKey()))
                .billing(Billing.onDemand())
                .encryption(TableEncryptionV2.awsManagedKey())
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(keeping.isForGood())
                .removalPolicy(keeping.ofTables());
        table.sortKey().ifPresent(key -> builder.sortKey(text(key)));
        if (PortalTable.CATALOG.contains(table)) {
            builder.dynamoStream(StreamViewType.NEW_AND_OLD_IMAGES);
        }
        if (PortalTable.EXPIRING.contains(table)) {
            builder.timeToLiveAttribute(PortalTable.EXPIRY);
        }
        return builder.build();
    }

    private static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }

    /** Lets a function do just these things with a table, and tells it the table's name. */
    public void give(Function function, PortalTable table, TableAction... actions) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(function)
                .actions(Arrays.stream(actions).map(TableAction::iamName).toList())
                .resourceArns(List.of(table(table).getTableArn()))
                .build());
        function.addEnvironment(table.variable().key(), table(table).getTableName());
    }

    public TableV2 table(PortalTable table) {
        return Objects.requireNonNull(tables.get(table));
    }
}
