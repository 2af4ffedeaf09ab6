package network.cortensor.portal.operator.frame;

import java.util.Optional;
import network.cortensor.portal.aws.AwsClients;
import network.cortensor.portal.dynamo.TableNames;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** An operator's way to one environment: its tables, its parameters. Each connection is made when it is first wanted. For one thread. */
public final class Access implements AutoCloseable {
    private final String environment;
    private final Account account;
    private final AwsEndpoints endpoints;
    private final TableLookup lookup;
    private @Nullable DynamoDbClient dynamo;
    private @Nullable SsmClient ssm;
    private @Nullable TableNames tables;

    Access(String environment, Account account, AwsEndpoints endpoints, TableLookup lookup) {
        this.environment = environment;
        this.account = account;
        this.endpoints = endpoints;
        this.lookup = lookup;
    }

    public String environment() {
        return environment;
    }

    /** Whether it is the local product, which wants no credentials, and runs its functions itself. */
    public boolean isLocal() {
        return environment.equals(CommonOptions.LOCAL);
    }

    /** @throws CommandStopped if neither an option, nor the shell, nor the stack says what they are called */
    public TableNames tables() throws CommandStopped {
        if (tables == null) {
            tables = lookup.tables(this::ssm);
        }
        return tables;
    }

    public DynamoDbClient dynamo() {
        if (dynamo == null) {
            dynamo = AwsClients.forPeople(account.region(), account.credentials())
                    .dynamo(endpoints.dynamo());
        }
        return dynamo;
    }

    public SsmClient ssm() {
        if (ssm == null) {
            ssm = AwsClients.forPeople(account.region(), account.credentials()).ssm(endpoints.ssm());
        }
        return ssm;
    }

    /**
     * What the stack says of itself, such as {@code ProberFunction}.
     *
     * @throws CommandStopped if there is no such output
     */
    public String output(String name) throws CommandStopped {
        return lookup.output(name, this::ssm);
    }

    public Account account() {
        return account;
    }

    public AwsEndpoints endpoints() {
        return endpoints;
    }

    @Override
    public void close() {
        Optional.ofNullable(dynamo).ifPresent(DynamoDbClient::close);
        Optional.ofNullable(ssm).ifPresent(SsmClient::close);
    }
}
