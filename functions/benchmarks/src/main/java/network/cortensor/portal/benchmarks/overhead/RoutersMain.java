package network.cortensor.portal.benchmarks.overhead;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.stream.LongStream;
import network.cortensor.portal.testkit.router.RouterConfig;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.testkit.router.SessionSettings;

/**
 * Two simulated routers in a process of their own: one that speaks as fast as people read, and one that says everything at once. It says
 * where they are, and lives until its input ends.
 */
public final class RoutersMain {
    static final String PACED = "Paced:";
    static final String UNPACED = "Unpaced:";

    private static final int SESSIONS = 2 * Runs.FIRST_DIRECT_SESSION;

    private RoutersMain() {}

    public static void main(String[] args) throws IOException {
        RouterSimulator paced =
                start(SessionSettings.DEFAULT.withLatency(Duration.ofMillis(50)).withTokensPerSecond(50));
        RouterSimulator unpaced =
                start(SessionSettings.DEFAULT.withLatency(Duration.ZERO).withTokensPerSecond(1e9));
        System.out.println(PACED + " http://localhost:" + paced.url().getPort());
        System.out.println(UNPACED + " http://localhost:" + unpaced.url().getPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        paced.close();
        unpaced.close();
    }

    private static RouterSimulator start(SessionSettings settings) {
        return RouterSimulator.start(RouterConfig.DEFAULT
                .withSettings(settings)
                .withSessions(LongStream.range(0, SESSIONS).toArray()));
    }
}
