package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.server.Limits;
import io.asyncore.server.ProxyProtocol;
import io.asyncore.server.RejectReason;
import io.asyncore.server.Server;
import io.asyncore.server.ServerListener;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.SimulatedNetwork;
import io.asyncore.test.SimulatedPeer;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of a PROXY header, and of what came together with it, counts like everything else that channels keep. */
class ProxiedMemoryTest {

    private static final String HEADER = "PROXY TCP4 192.0.2.7 198.51.100.1 4711 25\r\n";
    private static final int MEMORY = 25_000;

    private final SimulatedNetwork network = new SimulatedNetwork(1, NetworkConditions.CALM);
    private final EventLoop loop = new EventLoop(new ChannelMap(), network.provider(), network.clock());
    private final List<Patient> handlers = new ArrayList<>();
    private final List<CloseReason> ended = new ArrayList<>();
    private final List<RejectReason> rejected = new ArrayList<>();

    private Server server;

    /** Reads nothing before it is told to. */
    private static final class Patient extends Dispatcher {
        int read;

        @Override
        protected void handleConnect() {
            pauseReading();
        }

        void goOn() {
            resumeReading();
        }

        @Override
        protected void handleRead() throws Exception {
            read += recv(1000).length;
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = Server.builder()
                .handler(() -> {
                    handlers.add(new Patient());
                    return handlers.get(handlers.size() - 1);
                })
                .listenOn(Simulation.PLACE)
                .steppedLoop(loop)
                .proxyProtocol(new ProxyProtocol(
                        ProxyProtocol.Mode.REQUIRED,
                        ProxyProtocol.required("0.0.0.0/0").trusted(),
                        60_000))
                .limits(Limits.DEFAULTS.withMemory(MEMORY))
                .listener(new ServerListener() {
                    @Override
                    public void onEnded(Dispatcher handler, CloseReason reason) {
                        ended.add(reason);
                    }

                    @Override
                    public void onRejected(SocketAddress peer, RejectReason reason) {
                        rejected.add(reason);
                    }
                })
                .start();
    }

    @AfterEach
    void nothingIsLeft() {
        server.close();
        assertThat(server.isRunning()).isFalse();
        assertThat(network.openSockets()).isZero();
    }

    private void pass() {
        network.run(loop, Duration.ofSeconds(1));
    }

    private SimulatedPeer send(byte[] bytes) {
        SimulatedPeer peer = network.connect(Simulation.PLACE);
        peer.send(bytes);
        pass();
        return peer;
    }

    private SimulatedPeer send(int behindTheHeader) {
        return send((HEADER + "x".repeat(behindTheHeader)).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void bytesBehindTheHeader() {
        send(10_000);
        send(10_000);
        assertThat(ended).isEmpty();
        send(10_000);
        assertThat(ended).containsExactly(CloseReason.OVERFLOW);
    }

    /** Once they are read they are nobody's burden. */
    @Test
    void bytesThatAreReadDoNotCount() {
        for (int i = 0; i < 6; i++) {
            send(10_000);
            handlers.get(i).goOn();
            pass();
            assertThat(handlers.get(i).read).isEqualTo(10_000);
        }
        assertThat(ended).isEmpty();
    }

    /** A header that is never completed. */
    @Test
    void halfHeaders() {
        byte[] header = new byte[10_000];
        byte[] begin = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10, 0x21, 0x11, (byte) 0xC3, 0x50};
        System.arraycopy(begin, 0, header, 0, begin.length);
        send(header);
        send(header);
        assertThat(rejected).isEmpty();
        send(header);
        assertThat(rejected).containsExactly(RejectReason.PROXY);
    }
}
