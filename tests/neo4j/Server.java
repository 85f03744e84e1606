import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;

/**
 * A throw-away Neo4j Community server with its Bolt port open on this machine only.
 *
 * <p>Arguments: data folder, port, file of further settings. At the first start the
 * environment gives the password of user {@code neo4j} ({@code NEO4J_TEST_PASSWORD}). Prints {@code ready} when it answers, and stops when its standard
 * input ends, so that it never outlives the tests that started it.
 */
public class Server {
    public static void main(String[] arguments) throws Exception {
        DatabaseManagementService service = new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address,
                        new SocketAddress("localhost", Integer.parseInt(arguments[1])))
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                .setConfig(GraphDatabaseSettings.auth_lock_time, Duration.ZERO)
                .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(128))
                .loadPropertiesFromFile(Path.of(arguments[2]))
                .build();
        String password = System.getenv("NEO4J_TEST_PASSWORD");
        if (password != null) {
            service.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME).executeTransactionally(
                    "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
        }
        System.out.println("ready");
        System.out.flush();
        while (System.in.read() >= 0) {
            // waits for the end of the input
        }
        service.shutdown();
    }
}
