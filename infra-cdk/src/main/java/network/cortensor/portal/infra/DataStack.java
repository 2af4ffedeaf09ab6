package network.cortensor.portal.infra;

import java.util.Map;
import java.util.TreeMap;
import network.cortensor.portal.infra.data.PortalTable;
import network.cortensor.portal.infra.data.Tables;
import network.cortensor.portal.infra.environment.Environment;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/** What must outlive every deployment: the tables. It changes rarely, and outside dev cannot be deleted by mistake. */
public final class DataStack extends Stack {
    private final Tables tables;

    public DataStack(Construct scope, String id, Environment environment) {
        super(
                scope,
                id,
                StackProps.builder()
                        .description("Cortensor Portal " + environment.name() + ": the tables")
                        .terminationProtection(environment.keeping().isForGood())
                        .tags(Deployment.tags(environment))
                        .build());
        this.tables = new Tables(this, "Tables", environment.keeping());
        Map<String, String> names = new TreeMap<>();
        for (PortalTable table : PortalTable.values()) {
            String name = tables.table(table).getTableName();
            names.put(table.variable().key(), name);
            CfnOutput.Builder.create(this, table.id() + "Table").value(name).build();
        }
        StringParameter.Builder.create(this, "TableNames")
                .parameterName(environment.parameterPath() + "/tables")
                .description("The names of the tables, as functions and the operators' tool read them")
                .stringValue(toJsonString(names))
                .build();
    }

    public Tables tables() {
        return tables;
    }
}
