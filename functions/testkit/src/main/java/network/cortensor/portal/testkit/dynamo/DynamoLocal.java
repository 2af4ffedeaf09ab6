package network.cortensor.portal.testkit.dynamo;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import network.cortensor.portal.testkit.http.CoHostedService;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.embedded.DDBExceptionMappingInvocationHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/**
 * DynamoDB Local, in memory: one database, reached inside the process at about 50 µs a call, and over HTTP by whatever speaks to
 * DynamoDB. Credentials and regions are not looked at.
 *
 * <p>Always close it: its threads keep a JVM alive. JDK 25 wants {@code --enable-native-access=ALL-UNNAMED} for its SQLite. Safe for
 * use by many threads.
 */
public final class DynamoLocal implements DynamoHost {
    private static final String ANY_KEY = "local";
    private static final String ANY_REGION = "us-east-1";
    private static final int AUTHORITY = 0;

    /** A neighbour may be a function that takes as long as Lambda lets it. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(15);

    /** Held, because the log manager forgets loggers that nobody holds, and their levels with them. */
    private static final Logger SQLITE_LOG = Logger.getLogger("com.almworks.sqlite4java");

    /** Looking one up takes longer than many a call. */
    private static final Map<Method, Method> OPERATIONS = new ConcurrentHashMap<>();

    private final LocalDynamoDBRequestHandler database;
    private final Server server;
    private final ReadWriteLock closing = new ReentrantReadWriteLock();
    private boolean closed;

    private DynamoLocal(LocalDynamoDBRequestHandler database, Server server) {
        this.database = database;
        this.server = server;
    }

    /**
     * Starts it on a loopback port, without any table.
     *
     * @param port 0 for any free one
     * @throws IllegalStateException if the port is taken or SQLite cannot be loaded
     */
    public static DynamoLocal start(int port) {
        return start(port, List.of());
    }

    /**
     * The same, and other services of AWS answer at its address too.
     *
     * @throws IllegalStateException if the port is taken or SQLite cannot be loaded
     */
    public static DynamoLocal start(int port, List<CoHostedService> neighbours) {
        SQLITE_LOG.setLevel(Level.WARNING);
        try {
            SQLiteLibraryLoader.initialize();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local's SQLite cannot be loaded", e);
        }
        LocalDynamoDBRequestHandler database = new LocalDynamoDBRequestHandler(AUTHORITY, true, null, true, false);
        Server server = new Server(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        server.setHandler(
                new Handler.Sequence(new CoHostedServices(neighbours), new LocalDynamoDBServerHandler(database, null)));
        for (Connector connector : server.getConnectors()) {
            ((ServerConnector) connector).setIdleTimeout(LONGEST_CALL.toMillis());
        }
        try {
            server.start();
        } catch (Exception e) {
            database.shutdown();
            throw new IllegalStateException("DynamoDB Local cannot serve on port " + port, e);
        }
        return new DynamoLocal(database, server);
    }

    /** Starts it on any free port, and lets {@code setUp} make the tables. */
    public static DynamoLocal startWith(Consumer<DynamoDbClient> setUp) {
        return startWith(setUp, List.of());
    }

    /** The same, and other services of AWS answer at its address too. */
    public static DynamoLocal startWith(Consumer<DynamoDbClient> setUp, List<CoHostedService> neighbours) {
        DynamoLocal dynamo = start(0, neighbours);
        setUp.accept(dynamo.client());
        return dynamo;
    }

    @Override
    public URI url() {
        URI uri = server.getURI();
        return URI.create("http://127.0.0.1:" + uri.getPort());
    }

    /** A client inside the process; closing it changes nothing. */
    @Override
    public DynamoDbClient client() {
        return ClientProxy.of(DynamoDbClient.class, this::call);
    }

    /** Reads the tables' streams, inside the process; closing it changes nothing. */
    public DynamoDbStreamsClient streams() {
        return ClientProxy.of(DynamoDbStreamsClient.class, this::call);
    }

    /** Ends it and forgets all items; its last threads are gone about a second later. Calling it again changes nothing. */
    @Override
    public void close() {
        closing.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            server.stop();
            database.shutdown();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local does not end", e);
        } finally {
            closing.writeLock().unlock();
        }
    }

    private Object call(Method method, SdkRequest request) throws Throwable {
        // Native code must not be called once its database is gone.
        closing.readLock().lock();
        try {
            if (closed) {
                // As where nobody listens any more.
                throw SdkClientException.create("DynamoDB Local is closed");
            }
            return OPERATIONS
                    .computeIfAbsent(method, DynamoLocal::operation)
                    .invoke(database, ANY_KEY, ANY_REGION, request);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof DynamoDBLocalServiceException local) {
                DDBExceptionMappingInvocationHandler.handleDynamoDBLocalServiceException(local);
            }
            throw e.getCause() == null ? e : e.getCause();
        } finally {
            closing.readLock().unlock();
        }
    }

    /** What the database has for a method of the client, which takes the request alone. */
    private static Method operation(Method method) {
        try {
            return LocalDynamoDBRequestHandler.class.getMethod(
                    method.getName(), String.class, String.class, method.getParameterTypes()[0]);
        } catch (NoSuchMethodException e) {
            throw new UnsupportedOperationException("DynamoDB Local has no " + method.getName(), e);
        }
    }
}
