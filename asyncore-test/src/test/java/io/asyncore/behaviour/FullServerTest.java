package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.asyncore.ChannelMap;
import io.asyncore.EventLoop;
import io.asyncore.chat.LineChat;
import io.asyncore.server.Limits;
import io.asyncore.server.ProxyProtocol;
import io.asyncore.server.RejectReason;
import io.asyncore.server.Server;
import io.asyncore.server.ServerListener;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.SimulatedNetwork;
import io.asyncore.test.SimulatedPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

/** What the log says, and what listeners are told, of a server that can take nobody else in. */
@ResourceLock("log of Server")
class FullServerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SimulatedNetwork network = new SimulatedNetwork(1, NetworkConditions.CALM);
    private final EventLoop loop = new EventLoop(new ChannelMap(), network.provider(), network.clock());
    private final List<String> told = new ArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Server.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private final ServerListener diary = new ServerListener() {
        @Override
        public void onFull(RejectReason limit) {
            told.add("full: " + limit);
        }

        @Override
        public void onRoom(RejectReason limit) {
            told.add("room: " + limit);
        }
    };

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void noMore() {
        logger.setLevel(null);
        logger.setAdditive(true);
        logger.detachAppender(log);
    }

    private static final class Lines extends LineChat {
        @Override
        protected void handleLine(String line) {
            pushLine(line);
        }
    }

    private Server serve(UnaryOperator<Server.Builder> options) {
        Server.Builder builder = Server.builder()
                .name("door")
                .handler(Lines::new)
                .listener(diary)
                .listenOn(Simulation.PLACE)
                .steppedLoop(loop);
        try {
            return options.apply(builder).start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Server serve(Limits limits) {
        return serve(builder -> builder.limits(limits));
    }

    private SimulatedPeer connect() {
        SimulatedPeer peer = network.connect(Simulation.PLACE);
        pass(SECOND);
        return peer;
    }

    private void leave(SimulatedPeer peer) {
        peer.close();
        pass(SECOND);
    }

    private void pass(Duration time) {
        network.run(loop, time);
    }

    private List<String> lines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private void end(Server server) {
        server.close();
        network.runUntil(loop, () -> !server.isRunning());
    }

    @Test
    void itIsSaidOnceAndThatThereIsRoomAgain() {
        Server server = serve(Limits.DEFAULTS.withConnections(2));
        SimulatedPeer first = connect();
        assertThat(told).isEmpty();
        assertThat(lines()).isEmpty();
        connect();
        SimulatedPeer third = connect(); // waits
        assertThat(told).containsExactly("full: FULL");
        assertThat(lines())
                .containsExactly("WARN server 'door' is full: limits.connections is 2, and so many are open or in a"
                        + " handshake. Further clients wait until one of them ends. To serve more at once, raise"
                        + " limits.connections; to be rid of silent ones earlier, shorten timeouts.idle or set"
                        + " limits.perPeer");
        leave(first);
        leave(third);
        assertThat(told).containsExactly("full: FULL", "room: FULL", "full: FULL", "room: FULL");
        pass(SECOND.multipliedBy(8));
        assertThat(lines()).hasSize(1);
        pass(SECOND.multipliedBy(2));
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(1))
                .isEqualTo(
                        "INFO server 'door' has room again (limits.connections is 2): it was at its limit, on and off, for"
                                + " 3000 ms");
        end(server);
    }

    /** At its limit, where each that leaves makes room for the next. */
    @Test
    void aServerThatComesAndGoesFromItsLimitIsOneLine() {
        Server server = serve(Limits.DEFAULTS.withConnections(1).refusing(null));
        for (int i = 0; i < 20; i++) {
            leave(connect());
        }
        assertThat(told).hasSize(40);
        assertThat(lines()).hasSize(1).first().asString().contains("Further clients are refused");
        pass(SECOND.multipliedBy(11));
        assertThat(lines()).hasSize(2);
        connect();
        assertThat(lines()).hasSize(3).last().asString().startsWith("WARN server 'door' is full");
        end(server);
        pass(SECOND.multipliedBy(20));
        assertThat(lines()).as("its end is not room").hasSize(3);
    }

    @Test
    void handshakesCountForConnectionsAndHaveALimitOfTheirOwn() {
        Server server = serve(
                builder -> builder.limits(Limits.DEFAULTS.withConnections(3).withHandshakes(2))
                        .proxyProtocol(ProxyProtocol.required("0.0.0.0/0")));
        connect();
        SimulatedPeer second = connect();
        assertThat(told).containsExactly("full: HANDSHAKES");
        assertThat(lines())
                .containsExactly("WARN server 'door' takes nobody in for now: limits.handshakes is 2, and so many"
                        + " connections have not completed their PROXY header or TLS handshake. Further clients wait until"
                        + " one of them ends. If those are true clients, raise limits.handshakes; if not, shorten"
                        + " timeouts.handshake and timeouts.proxyHeader");
        connect();
        second.send("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n");
        pass(SECOND);
        assertThat(told).containsExactly("full: HANDSHAKES", "room: HANDSHAKES", "full: FULL", "full: HANDSHAKES");
        assertThat(server.connectionCount()).isEqualTo(1);
        assertThat(server.handshakesUnderWay()).isEqualTo(2);
        assertThat(lines()).hasSize(2).last().asString().startsWith("WARN server 'door' is full");
        end(server);
    }

    @Test
    void anAddressThatHasAllThatItMayIsNamed() {
        Server server = serve(Limits.DEFAULTS.withPerPeer(1));
        connect();
        assertThat(lines()).isEmpty();
        SimulatedPeer second = connect();
        connect();
        assertThat(second.hasEnded()).isTrue();
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("WARN server 'door' refuses ")
                .contains(": limits.perPeer is 1, and so many connections of this address are open");
        pass(SECOND.multipliedBy(10));
        connect();
        assertThat(lines()).hasSize(2).last().asString().endsWith("(1 more like it were not logged)");
        assertThat(told).isEmpty();
        end(server);
    }
}
